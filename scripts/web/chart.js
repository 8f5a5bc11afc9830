/*
 * chart.js - the rate in another unit, in both directions, and compared
 *
 * The server's picture has bytes per second.  This one has bits or packets on
 * request, and, where rows have a direction (see iplabel), what comes in above
 * the axis and what goes out below.  Behind the rate it has the usual range
 * (see rateflag) as a band, and the rate of a day or a week before as a line.
 * Its plot is where that of the server's picture is.
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
const LEFT = 72.6, RIGHT = 6.6, TOP = 30, BOTTOM = 30;	/* margins, pixels */
/* Steps of the time axis, in seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
	14400, 43200, 86400, 172800, 604800];
const LETTER = 6.6;

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
	const bin = binOf(rows);
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

/* The usual range, by time, in the unit of the picture; none for packets. */
function usualOf(f) {
	const times = choice.unit === 'bits' ? 8 : 1;
	const bin = Number(f.usual?.note);

	return f['who directions'] !== undefined || choice.unit === 'packets' ?
	    [] : rowsOf(f, 'usual').map((r) => ({ time: Number(r.time),
	    low: times * r.low / bin, high: times * r.high / bin, bin: bin }));
}

/* The rates of the span before, by the times of this one. */
function beforeOf(f) {
	const bin = Number(f.before?.note);

	return f['who directions'] !== undefined ? [] :
	    rowsOf(f, 'before').map((r) => ({ time: Number(r.time),
	    rate: unit().of(r) / bin, bin: bin }));
}

/* A line in steps: a rate holds for the whole of its bin. */
function steps(rates, x, y) {
	return rates.map((r, i) => (i === 0 || r.time >
	    rates[i - 1].time + 1.5 * r.bin ? 'M' : 'L') + x(r.time) + ' ' +
	    y(r.rate) + 'H' + x(r.time + r.bin)).join('');
}

/* The band between the low and the high of each bin. */
function band(usual, x, y) {
	return usual.map((u) => 'M' + x(u.time) + ' ' + y(u.low) + 'V' +
	    y(u.high) + 'H' + x(u.time + u.bin) + 'V' + y(u.low) + 'Z').join('');
}

/* The times that have a label, which stand level, and the labels. */
function timeLabels(first, last, width) {
	const step = STEPS.find((s) => (last - first) / s * LETTER *
	    (s < 60 ? 10 : 7) <= width) ?? STEPS[STEPS.length - 1];
	const labels = [];

	for (let t = Math.ceil((first + zone.east) / step) * step - zone.east;
	    t <= last; t += step)
		labels.push([t, step < 60 ? clock(t) : step < 86400 ?
		    clock(t).slice(0, 5) : stamp(t).slice(5, 10)]);
	return labels;
}

/* The grid, and the words at its ends. */
function drawAxes(svg, bins, plot) {
	const { width, height, zero, most, scale, two, xt } = plot;

	/* No label is rounded. */
	for (const part of two ? [1, 0.5, 0, -0.5, -1] : most % 4 === 0 ?
	    [1, 0.75, 0.5, 0.25, 0] : [1, 0.5, 0]) {
		const y = zero - part * most * scale;
		svg.append(shape('path', { class: 'grid', d: 'M' + LEFT + ' ' +
		    y + 'H' + (width - RIGHT) }), shape('text', { x: LEFT - 7,
		    y: y + 4, 'text-anchor': 'end' }, part === 0 ? '0' :
		    unit().text(Math.abs(part) * most)));
	}
	for (const [t, label] of timeLabels(Number(bins[0].time),
	    Number(bins[bins.length - 1].time), width - LEFT - RIGHT)) {
		svg.append(shape('path', { class: 'grid', d: 'M' + xt(t) + ' ' +
		    TOP + 'V' + (height - BOTTOM) }));
		if (Number(xt(t)) + label.length * LETTER / 2 <= width)
			svg.append(shape('text', { x: xt(t), y: height - 12,
			    'text-anchor': 'middle' }, label));
	}
}

/* What the picture has besides the rate, in words. */
function legend(f, usual, before) {
	return ['red: alerts', before.length === 0 ? '' : 'line: ' +
	    (choice.compare === '86400' ? 'a day' : 'a week') + ' before',
	    usual.length === 0 ? '' : 'grey: usual', zone.name].filter(
	    (word) => word !== '').join('   ');
}

/* Where the plot is, and its scale. */
function plotOf(f, bins, rates, width) {
	const height = width < 400 ? 240 : 280;
	const two = f['who directions'] !== undefined;
	const most = roundUp(Math.max(choice.unit === 'packets' ? 1 : 10,
	    ...rates, ...bins.map((b) => Math.max(b.up, b.down))));
	const room = height - TOP - BOTTOM;
	const first = Number(bins[0].time);
	const last = Number(bins[bins.length - 1].time);
	const wide = width - LEFT - RIGHT;

	return { width, height, two, most, room,
	    zero: TOP + (two ? room / 2 : room),
	    scale: (two ? room / 2 : room) / most,
	    x: (i) => (LEFT + wide * i /
	        Math.max(1, bins.length - 1)).toFixed(1),
	    xt: (t) => (LEFT + wide * Math.max(0, Math.min(1, (t - first) /
	        Math.max(1, last - first)))).toFixed(1) };
}

/* The hatch of gaps, as gnuplot's pattern 4. */
function hatch() {
	const pattern = shape('pattern', { id: 'hatch', width: 8, height: 8,
	    patternUnits: 'userSpaceOnUse' });

	pattern.append(shape('path', { d: 'M-4 0L8 12M0-4L12 8' }));
	return pattern;
}

/* A gap between two bins, with words if there is room. */
function drawGap(svg, first, end, plot) {
	const x = Number(plot.x(first)), width = plot.x(end) - x;

	svg.append(shape('rect', { class: 'gap', x: x, y: TOP,
	    height: plot.room, width: width, fill: 'url(#hatch)' }));
	if (width > 9 * LETTER)
		svg.append(shape('text', { x: x + width / 2, y: TOP +
		    plot.room / 2, 'text-anchor': 'middle' }, 'no data'));
}

/* Gaps, and seconds with alerts. */
function drawMarks(svg, bins, plot) {
	let first = -1;

	bins.forEach((b, i) => {
		if (b.gap && first < 0)
			first = i;
		const end = b.gap ? i + 1 : i;
		if (first >= 0 && (!b.gap || end === bins.length))
			drawGap(svg, first, Math.min(end, bins.length - 1), plot);
		if (!b.gap)
			first = -1;
		if (b.red)
			svg.append(shape('circle', { class: 'red', cx: plot.x(i),
			    cy: plot.zero - b.up * plot.scale, r: 2.5 }));
	});
}

/* The picture of the rate, as wide as its place. */
function rateChart(f, width) {
	const bins = chartBins(f);
	const usual = usualOf(f), before = beforeOf(f);
	const plot = plotOf(f, bins, [...usual.map((u) => u.high),
	    ...before.map((r) => r.rate)], width);
	const y = (rate) => (plot.zero - rate * plot.scale).toFixed(1);
	const svg = shape('svg', { viewBox: '0 0 ' + width + ' ' + plot.height,
	    class: 'chart' });

	svg.append(hatch(), shape('text', { x: 6, y: 14, class: 'title' },
	    unit().title + (plot.two ? ': in above, out below' : '')),
	    shape('text', { x: width - RIGHT, y: 14, 'text-anchor': 'end' },
	    legend(f, usual, before)),
	    shape('path', { class: 'usual', d: band(usual, plot.xt, y) }));
	drawAxes(svg, bins, plot);
	svg.append(shape('path', { class: 'up', d: outline(bins, plot.x,
	    (b) => y(b.up), plot.zero) }));
	if (plot.two)
		svg.append(shape('path', { class: 'down', d: outline(bins,
		    plot.x, (b) => y(-b.down), plot.zero) }));
	svg.append(shape('path', { class: 'before',
	    d: steps(before, plot.xt, y) }));
	drawMarks(svg, bins, plot);
	return svg;
}

/* Whether the rate is drawn here. */
const isCharted = (f) => rowsOf(f, 'rate').length > 1 &&
    (choice.unit !== '' || f['who directions'] !== undefined ||
    rowsOf(f, 'usual').length > 0 || f.before !== undefined);
