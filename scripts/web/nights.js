/*
 * nights.js - links to the nightly reports, a day each
 *
 * The server has the directory of pktpipe-nightly below "reports"; its index
 * names the days.  Days of reports are those of UTC.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const NIGHTS = 7;		/* newest days, which always have a link */
const NIGHTS_MS = 3600000;	/* from one look at the index to the next */
let nights = [];		/* the days that have a report, newest first */

/* The days that an index of reports links to. */
function nightsOf(text) {
	const links = text.matchAll(
	    /<a href="([0-9]{4}-[0-9]{2}-[0-9]{2})\/report\.html">/g);

	return [...new Set([...links].map((link) => link[1]))].sort().reverse();
}

/* Reads the index, now and once an hour. */
function loadNights() {
	fetch('reports/index.html').then(async (r) => {
		if (!r.ok)
			return;
		nights = nightsOf(await r.text());
		if (frame !== null)
			showNights(frame);
	}).catch(() => { /* The next time, then. */ });
	setTimeout(loadNights, NIGHTS_MS);
}

/* A day in words: "Sat 28 Nov". */
const dayName = (day) => new Date(day + 'T00:00:00Z').toLocaleDateString(
    'en-GB', { weekday: 'short', day: 'numeric', month: 'short',
    timeZone: 'UTC' }).replace(',', '');

/* Whether a span of the past that is shown has some of the day. */
function isShownDay(day, t) {
	const start = Date.parse(day + 'T00:00:00Z') / 1000;

	return isPast() && t !== undefined && start < Number(t.to) &&
	    start + 86400 > Number(t.from);
}

/* The links: the newest days, and those of the span that is shown. */
function showNights(f) {
	const t = totalsOf(f);
	const links = nights.map((day, i) => [day, i < NIGHTS,
	    isShownDay(day, t)]).filter(([, isNew, shown]) =>
	    isNew || shown).map(([day, , shown]) => element('a', dayName(day), {
		href: 'reports/' + day + '/report.html', title: 'Report of ' +
		day + ', UTC', ...(shown ? { 'aria-current': 'date' } : {}) }));

	$('nights').hidden = nights.length === 0;
	if ($('nights').childElementCount > 0 && links.every((a, i) =>
	    a.isEqualNode($('nights').children[i + 1])) &&
	    links.length === $('nights').childElementCount - 2)
		return;
	$('nights').replaceChildren(element('span', 'Reports:'), ...links,
	    element('a', 'all days', { href: 'reports/index.html' }));
}
