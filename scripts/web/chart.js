/*
 * chart.js - the rate in another unit, and in both directions
 *
 * The server's picture has bytes per second.  This one has bits or packets on
 * request, and, where rows have a direction (see iplabel), what comes in above
 * the axis and what goes out below.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const UNITS = {
	bytes: { title: 'Bytes per second', of: (r) => Number(r.bytes),
		text: (n) => bytes(n) + '/s' },
	bits: { title: 'Bits per second', of: (r) => 8 * Number(r.bytes),
		text: (n) => bytes(n).replace(/B$/, 'bit/s') },
	packets: { title: 'Packets per second', of: (r) => Number(r.packets),
		text: (n) => n < 1000 ? Number(n.toPrecision(3)) + '/s' :
		    bytes(n).replace(/B$/, '/s') }
};
const LEFT = 74, TOP = 30, BOTTOM = 34;		/* pixels of the margins */

const unit = () => UNITS[choice.unit || 'bytes'];

/* A shape of the picture; a text if it has words. */
function shape(name, attributes, words) {
	const e = document.createElementNS(SVG, name);

	for (const [k, v] of Object.entries(attributes))
		e.setAttribute(k, v);
	if (words !== undefined)
		e.textContent = words;
	return e;
}

/* The least of 1, 2, 5, 10 ... that is at least n. */
function roundUp(n) {
	const ten = 10 ** Math.floor(Math.log10(n));

	return [1, 2, 5, 10].map((m) => m * ten).find((m) => m >= n);
}

/* What went in each direction in each bin, by time; null without directions. */
function directions(f) {
	if (f['who directions'] === undefined)
		return null;
	const sums = new Map();
	for (const r of rowsOf(f, 'who directions'))
		if (r.dir === 'in' || r.dir === 'out')
			sums.set(r.dir + ' ' + Number(r.time), r);
	return sums;
}

/* The values of each bin: above the axis and, of two directions, below. */
function chartBins(f) {
	const rows = rowsOf(f, 'rate');
	const both = directions(f);
	const bin = rows.length < 2 ? 1 : rows[1].time - rows[0].time;
	const of = (r) => r === undefined ? 0 : unit().of(r) / bin;

	return rows.map((r) => ({ gap: r.bytes === '', time: r.time,
	    red: r.spike === '1' || Number(r.alerts) > 0,
	    up: both === null ? of(r) : of(both.get('in ' + Number(r.time))),
	    down: both === null ? 0 :
	    of(both.get('out ' + Number(r.time))) }));
}

/* The outline of one direction, in parts where there are gaps. */
function outline(bins, x, y, zero) {
	let path = '', inside = false;

	bins.forEach((b, i) => {
		if (b.gap && inside)
			path += 'V' + zero + 'Z';
		if (!b.gap)
			path += (inside ? 'L' : 'M' + x(i) + ' ' + zero + 'L') +
			    x(i) + ' ' + y(b);
		inside = !b.gap;
	});
	return path + (inside ? 'V' + zero + 'Z' : '');
}

/* The picture of the rate, as wide as its place. */
function rateChart(f, width) {
	const bins = chartBins(f);
	const height = width < 400 ? 240 : 280;
	const two = f['who directions'] !== undefined;
	const most = roundUp(Math.max(1, ...bins.map(
	    (b) => Math.max(b.up, b.down))));
	const room = height - TOP - BOTTOM;
	const zero = TOP + (two ? room / 2 : room);
	const scale = (two ? room / 2 : room) / most;
	const x = (i) => (LEFT + (width - LEFT - 14) * i /
	    Math.max(1, bins.length - 1)).toFixed(1);
	const svg = shape('svg', { viewBox: '0 0 ' + width + ' ' + height,
	    class: 'chart' });

	svg.append(shape('text', { x: 6, y: 14, class: 'title' },
	    unit().title + (two ? ': in above, out below' : '')));
	for (const part of two ? [1, 0.5, 0, -0.5, -1] : [1, 0.5, 0]) {
		const y = zero - part * most * scale;
		svg.append(shape('path', { class: 'grid', d: 'M' + LEFT + ' ' +
		    y + 'H' + (width - 14) }), shape('text', { x: LEFT - 8,
		    y: y + 4, 'text-anchor': 'end' },
		    unit().text(Math.abs(part) * most)));
	}
	[0.1, 0.5, 0.9].map((p) => Math.floor(p * (bins.length - 1))).forEach(
	    (i) => svg.append(shape('text', { x: x(i), y: height - 12,
	    'text-anchor': 'middle' }, clock(bins[i].time))));
	svg.append(shape('path', { class: 'up', d: outline(bins, x,
	    (b) => (zero - b.up * scale).toFixed(1), zero) }));
	if (two)
		svg.append(shape('path', { class: 'down', d: outline(bins, x,
		    (b) => (zero + b.down * scale).toFixed(1), zero) }));
	bins.forEach((b, i) => {
		if (b.red)
			svg.append(shape('circle', { class: 'red', cx: x(i),
			    cy: zero - b.up * scale, r: 2.5 }));
		if (b.gap)
			svg.append(shape('rect', { class: 'gap', x: x(i),
			    y: TOP, height: room,
			    width: (width - LEFT - 14) / bins.length }));
	});
	return svg;
}

/* Whether the rate is drawn here. */
const isCharted = (f) => rowsOf(f, 'rate').length > 1 &&
    (choice.unit !== '' || f['who directions'] !== undefined);
