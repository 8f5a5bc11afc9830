/*
 * mutes.js - incidents that the viewer has seen, or does not want to see
 *
 * Both are kept by this browser alone: the server has no state that a page can
 * change.  What is muted is said as lines of a rule file, for the operator to
 * keep, with which ipflag makes no such alerts.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const kept = { seen: {}, muted: {} };	/* by the keys of incidents */

/* Reads what the visits before have kept; a browser may keep nothing. */
function startMutes() {
	for (const what of ['seen', 'muted'])
		try {
			kept[what] = JSON.parse(localStorage.getItem(what)) ??
			    {};
		} catch { /* It is for this visit, then. */ }
	$('muted-none').addEventListener('click', () => {
		kept.muted = {};
		keep();
	});
	$('muted-copy').addEventListener('click', () =>
	    download('allow.rules', 'text/plain',
	    $('muted-lines').textContent));
}

function keep() {
	for (const what of ['seen', 'muted'])
		try {
			localStorage.setItem(what, JSON.stringify(kept[what]));
		} catch { /* It is for this visit, then. */ }
	if (frame !== null)
		showIncidents(frame);
}

/* The line of a rule file that allows it; '' if no address is involved. */
function allowLine(i) {
	const [end, address] = i.src !== '' ? ['src', i.src] : ['dst', i.dst];

	return isAddress(address) ? 'allow ' + end + ' ' + address +
	    (address.includes(':') ? '/128' : '/32') + ' rule=' + i.rule : '';
}

/* Seen until it begins anew. */
const isSeen = (i) => kept.seen[i.key] !== undefined &&
    kept.seen[i.key] === i.times + ' ' + i.first;

const isMuted = (i) => kept.muted[allowLine(i)] !== undefined;

/* Whether a rule about this source is muted. */
const isAllowed = (src, rule) => kept.muted[allowLine({ src: src,
    rule: rule })] !== undefined;

function button(text, title, act) {
	const b = element('button', text, { type: 'button', class: 'act',
	    title: title });

	b.addEventListener('click', act);
	return b;
}

/* The buttons of an incident, which stay those of its row. */
function fillActs(td, i) {
	td.incident = i;
	if (!td.hasChildNodes()) {
		td.append(button('Seen', 'Show it last until it begins anew',
		    () => {
			const now = td.incident;
			if (isSeen(now))
				delete kept.seen[now.key];
			else
				kept.seen[now.key] = now.times + ' ' +
				    now.first;
			keep();
		}), ' ', button('Mute', 'Hide such alerts of this address',
		    () => {
			kept.muted[allowLine(td.incident)] = 1;
			keep();
		}));
		td.firstChild.setAttribute('aria-label',
		    'Seen: ' + finding(i.rule).words + ', ' + i.who);
		td.lastChild.setAttribute('aria-label',
		    'Mute: ' + finding(i.rule).words + ', ' + i.who);
		td.lastChild.hidden = allowLine(i) === '';
	}
	td.firstChild.setAttribute('aria-pressed', String(isSeen(i)));
	td.parentNode.classList.toggle('seen', isSeen(i));
}

/* What is muted, as lines for a rule file. */
function showMuted() {
	const lines = Object.keys(kept.muted).sort();

	$('muted').hidden = lines.length === 0;
	write('muted-count', lines.length + ' muted');
	write('muted-lines', lines.join('\n') + '\n');
}
