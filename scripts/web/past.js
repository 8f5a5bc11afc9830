/*
 * past.js - spans of the past: frames that are asked for, not streamed
 *
 * A window of more than ten minutes, or one that ends before now, is made of
 * the tallies that the server keeps.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const SPAN_MIN = 600;		/* seconds */
const PAST_MS = 30000;		/* from one frame to the next, if it ends now */
let asked = null;		/* the request under way */

const isPast = () => choice.to !== '' || Number(choice.window) > SPAN_MIN;

const spanOf = () => Number(choice.span) ||
    Math.max(SPAN_MIN, Number(choice.window));

/* Asks for the frame of the span that is chosen, and again if it ends now. */
function loadPast() {
	const end = new AbortController();
	const url = 'past?' + parameters(choice.where, spanOf()) +
	    '&width=' + room() + '&panels=' +
	    PICTURES.map((p) => p.panel).join(',');

	asked = end;
	fetch(url, { signal: end.signal }).then(async (r) => {
		const text = await r.text();
		if (r.ok)
			showPast(text);
		else
			refused(r.status, text.trim());
	}).catch(() => {
		if (!end.signal.aborted)
			say('stop', 'Not connected', 'The server cannot be ' +
			    'reached. The page tries again.');
	}).finally(() => {
		if (asked === end && choice.to === '')
			retry = setTimeout(connect, Math.max(PAST_MS,
			    1000 * Number(choice.refresh)));
	});
}

/* A frame is sent in the form of a stream's. */
function showPast(text) {
	startAlerts();
	show(parseFrame(text.split('\n').filter((line) =>
	    line.startsWith('data: ')).map((line) => line.slice(6)).join('\n')));
}

/* What the page says of its state in the past. */
function showPastState(f) {
	showSource(f.state.replace(/^[^ ]* /, ''));
	say(choice.to === '' ? 'live' : 'pause',
	    choice.to === '' ? 'Live' : 'The past');
	write('age', choice.to === '' ? 'updated every ' +
	    span(Math.max(PAST_MS / 1000, Number(choice.refresh))) : '');
}

/* The buttons that lead through the past. */
function showSteps() {
	$('later').disabled = $('live').disabled = choice.to === '';
	$('compare-label').hidden = !isPast();
}

/* Half a span to the past, or to the present and no further. */
function step(direction) {
	const t = totalsOf(frame ?? {});
	const now = Date.now() / 1000;
	const to = choice.to !== '' ? Number(choice.to) :
	    t === undefined ? now : Number(t.to);
	const next = Math.round(to + direction * spanOf() / 2);

	choice.to = next >= now ? '' : String(next);
	if (choice.to === '')
		choice.span = '';
	history.pushState(null, '', '?' + parameters());
	connect();
}

function startSteps() {
	$('compare').addEventListener('change', () => {
		choice.compare = $('compare').value;
		connect();
	});
	$('earlier').addEventListener('click', () => step(-1));
	$('later').addEventListener('click', () => step(1));
	$('live').addEventListener('click', () => {
		choice.to = choice.span = '';
		if (Number(choice.window) > SPAN_MIN)
			$('window').value = choice.window = '30';
		connect();
	});
}

/* A time of the past, which may be of another day. */
function stamp(seconds) {
	const d = new Date((Number(seconds) + zone.east) * 1000);

	return isNaN(d) ? '' : d.toISOString().slice(0, 19).replace('T', ' ');
}

/* A time of day, with the date if that is not of these hours. */
const when = (seconds) => Date.now() / 1000 - seconds < 72000 ?
    clock(seconds) : stamp(seconds);
