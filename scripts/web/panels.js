/*
 * panels.js - what the page shows of a frame: tiles, pictures and tables
 *
 * The page makes and fills an element for each entry.  To add a panel that
 * liveplot(1) has: an entry under PICTURES if it is to be drawn, and one under
 * TABLES if its rows are to be listed.  A frame's parts are those of frame.js.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

/* Figures with a note, from the one row of totals; red where it is alarming. */
const TILES = [
	{ id: 'rate', title: 'Rate now',
		text: (t) => t.rate === '' ? 'no data' :
		    bytes(Number(t.rate)) + '/s',
		note: (t) => 'peak ' + bytes(Number(t.peak)) + '/s' },
	{ id: 'packets', title: 'Packets',
		text: (t) => whole(t.packets),
		note: period },
	{ id: 'bytes', title: 'Bytes',
		text: (t) => bytes(Number(t.bytes)),
		note: (t) => Number(t.covered) < 0.5 ? period(t) : 'mean ' +
		    bytes(Number(t.bytes) / Number(t.covered)) + '/s ' +
		    period(t) },
	{ id: 'sources', title: 'Active sources',
		text: (t) => atLeast(t.sources, t.sources_capped),
		note: (t) => atLeast(t.flagged, t.flagged_capped) + ' flagged',
		alarming: (t) => t.flagged !== '0' }
];

/* Pictures, and the same in words for those who do not see them. */
const PICTURES = [
	{ panel: 'rate', words: (f, t) => {
		const count = (is) => rowsOf(f, 'rate').filter(is).length;
		const red = count((r) => r.spike === '1' ||
		    Number(r.alerts) > 0);
		const gap = count((r) => r.bytes === '');
		const seconds = (n) => n + (n === 1 ? ' second' : ' seconds');

		return 'Bytes per second ' + period(t) + ', ' +
		    (red === 0 ? 'no alert' : 'alerts in ' + seconds(red)) +
		    (gap === 0 ? '' : ', no data in ' + seconds(gap));
	} },
	{ panel: 'protocols', words: (f, t) => 'Packets by protocol ' +
		    period(t) + ': ' +
		    (rowsOf(f, 'protocols').filter((p) => p.shown === '1' &&
		    p.packets !== '0').slice(0, 8).map((p) => p.proto + ' ' +
		    p.packets + (p.alerts === '0' ? '' :
		    ' (alert)')).join(', ') || 'none') }
];

/*
 * Tables: the order of their rows, and of each column the title and a row's
 * text.  A column's kind is a class of page.css: a number (n), the key of its
 * row (key; alarm: in red), or chips, whose text is a list.  rows is how many
 * there are, of which the server sends the first; about says what they count.
 */
const TABLES = [
	{ panel: 'sources', id: 'flagged', title: 'Flagged sources',
		caption: 'Flagged sources, newest first',
		rows: (t) => Number(t.flagged_rows),
		about: 'Packets are counted from the first one seen.',
		order: (a, b) => b.last - a.last,
		columns: [
			{ title: 'Address', text: (r) => r.src,
				kind: 'alarm' },
			{ title: 'Protocol', text: (r) => r.proto },
			{ title: 'Packets', text: (r) => whole(r.packets),
				kind: 'n' },
			{ title: 'Rule', text: (r) => r.rule.split('|'),
				kind: 'chips' },
			{ title: 'First seen', text: (r) => clock(r.first) },
			{ title: 'Last seen', text: (r) => clock(r.last) }
		] }
];
