/*
 * frame.js - what the server sends, and how it becomes part of the page
 *
 * A frame is text as liveplot(1) --rows describes it: lines that start a part
 * ("#rate", "#picture rate"), and below each its lines: a table as CSV, or a
 * picture as SVG.  The server adds "#state live eth0" and "#alerts".  All of
 * it is shown as text; of a picture only shapes and words are kept.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const SVG = 'http://www.w3.org/2000/svg';

/* The cells of CSV text: rows of strings, after RFC 4180. */
function parseCSV(text) {
	const rows = [];
	let row = [], cell = '', quoted = false;

	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted && c === '"' && text[i + 1] === '"') {
			cell += c;
			i++;
		} else if (c === '"') {
			quoted = !quoted;
		} else if (!quoted && (c === ',' || c === '\n')) {
			row.push(cell);
			cell = '';
			if (c === '\n') {
				rows.push(row);
				row = [];
			}
		} else {
			cell += c;
		}
	}
	return rows;
}

/* A table as one object a row, its members named by the header. */
function table(lines) {
	const [head, ...rows] = lines.length === 0 ? [[]] :
	    parseCSV(lines.join('\n') + '\n');

	return rows.map((r) => Object.fromEntries(
	    head.map((name, i) => [name, r[i] ?? ''])));
}

/*
 * The parts of a frame, lines by name, with the number after the name as
 * their note; of "state", "rules" and the like it is the rest of the line.
 */
function parseFrame(text) {
	const parts = { state: '', rules: '', severities: '', since: '' };
	let part = [];

	for (const line of text.split('\n')) {
		const start = /^#([a-z]+ ?[a-z]*)(.*)$/.exec(line);
		if (start === null && line !== '') {
			part.push(line);
		} else if (/^#(state|rules|severities|since) /.test(line)) {
			const [word] = line.slice(1).split(' ', 1);
			parts[word] = line.slice(word.length + 2);
		} else if (start !== null) {
			part = [];
			part.note = start[2];
			parts[start[1].trim()] = part;
		}
	}
	return parts;
}

/* A part that is a table, as one object a row. */
const rowsOf = (frame, name) => table(frame[name] ?? []);

function bytes(n) {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	let u = 0;

	for (; n >= 1000 && u < units.length - 1; u++)
		n /= 1000;
	return (u === 0 || n >= 100 ? n.toFixed(0) : n.toPrecision(3)) +
	    ' ' + units[u];
}

const whole = (n) => Number(n).toLocaleString('en-US');

/* The server's zone: the pictures have it, and so has the whole page. */
const zone = { name: 'UTC', east: 0 };

/* A time of day in that zone. */
function clock(seconds) {
	const d = new Date((Number(seconds) + zone.east) * 1000);

	return seconds === '' || isNaN(d) ? '' : d.toISOString().slice(11, 19);
}

/* The zone's difference from UTC: "UTC+05:45". */
function offset() {
	const two = (n) => String(Math.floor(n)).padStart(2, '0');
	const m = Math.abs(zone.east) / 60;

	return 'UTC' + (zone.east < 0 ? '-' : '+') + two(m / 60) + ':' +
	    two(m % 60);
}

/* A duration, in words: "3 min 20 s". */
function span(seconds) {
	const s = Math.round(seconds);
	const two = (n, unit, m, less) => n + ' ' + unit +
	    (m === 0 ? '' : ' ' + m + ' ' + less);

	return s < 60 ? s + ' s' :
	    s < 3600 ? two(Math.floor(s / 60), 'min', s % 60, 's') :
	    two(Math.floor(s / 3600), 'h', Math.floor(s / 60) % 60, 'min');
}

/* The width of the bins of these rows of the rate, in seconds. */
const binOf = (rows) => rows.length < 2 ? 1 : rows[1].time - rows[0].time;

/* The one row of totals; undefined before the first packet. */
function totalsOf(frame) {
	const t = rowsOf(frame, 'totals')[0];

	return t === undefined || t.newest === '' ? undefined : t;
}

/* Whether it is a span of the past that nothing is known of. */
const isEmpty = (t) => isPast() && Number(t.covered) < 0.5;

/* A share of a hundred; one that is not nothing does not look like it. */
const percent = (n) => (n > 0 && n < 0.05 ? '< 0.1' : n.toFixed(1)) +
    '\u00a0%';

/*
 * Over which time the figures hold: the window, or what the data cover of it,
 * which is its end if they begin inside and have no other gap.
 */
function period(t) {
	const all = Number(t.to) - Number(t.from);
	const covered = Number(t.covered);

	if (isEmpty(t))
		return 'in a time without data';
	if (covered < 0.5)
		return 'before the first second is over';
	if (choice.to !== '')
		return all - covered < 0.5 ? 'over ' + span(all) :
		    'over ' + span(covered) + ' of ' + span(all);
	if (all - covered < 0.5)
		return 'over the last ' + span(all);
	return Number(t.to) - Number(t.begin) - covered < 0.5 ?
	    'over the last ' + span(covered) :
	    'over ' + span(covered) + ' of the last ' + span(all);
}

/* A number that may have reached its cap. */
const atLeast = (n, capped) => whole(n) + (capped === '1' ? '+' : '');

/* A new element with text in it. */
function element(name, text, attributes) {
	const e = document.createElement(name);

	e.textContent = text;
	for (const [k, v] of Object.entries(attributes ?? {}))
		e.setAttribute(k, v);
	return e;
}

/*
 * The picture, without anything in it that could act or load.  Its colours
 * lose their blanks, so that the style can name them and choose the theme's.
 * The style of gnuplot's hatch goes before the browser reads it, and complains.
 */
function importPicture(lines) {
	const doc = new DOMParser().parseFromString(lines.join('\n')
	    .replaceAll(/ style='[^'<>]*'/g, ''), 'image/svg+xml');
	const kept = ['svg', 'title', 'desc', 'defs', 'g', 'path', 'polygon',
	    'polyline', 'line', 'rect', 'circle', 'ellipse', 'text', 'tspan',
	    'use', 'clipPath', 'pattern'];

	if (doc.documentElement.namespaceURI !== SVG ||
	    doc.querySelector('parsererror') !== null)
		return null;
	for (const e of [...doc.querySelectorAll('*')]) {
		if (e.namespaceURI !== SVG || !kept.includes(e.localName)) {
			e.remove();
			continue;
		}
		for (const a of [...e.attributes])
			if (/^on|^style$/i.test(a.name) ||
			    (/href$/i.test(a.name) && !/^#/.test(a.value)))
				e.removeAttribute(a.name);
			else if (/^(fill|stroke|color)$/.test(a.name))
				e.setAttribute(a.name,
				    a.value.replaceAll(' ', ''));
	}
	return document.importNode(doc.documentElement, true);
}
