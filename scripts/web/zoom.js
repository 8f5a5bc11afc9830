/*
 * zoom.js - a span that is chosen on the rate by dragging
 *
 * All panels then show that span of the past.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const ZOOM_MIN = 10;		/* seconds, as the server's least span */
const DRAG_MIN = 8;		/* pixels: less is a click */

/* The time at a place of the rate's picture, within its plot. */
function timeAt(clientX) {
	const svg = $('picture-rate').querySelector('svg');
	const rows = rowsOf(frame ?? {}, 'rate');

	if (svg === null || rows.length < 2)
		return null;
	const r = svg.getBoundingClientRect();
	const wide = svg.viewBox.baseVal.width;
	const part = ((clientX - r.left) * wide / r.width - LEFT) /
	    (wide - LEFT - RIGHT);
	const first = Number(rows[0].time);

	return first + Math.max(0, Math.min(1, part)) *
	    (Number(rows[rows.length - 1].time) - first);
}

/* Zooms to the span between two times, in whole bins of the picture. */
function zoomTo(a, b) {
	const rows = rowsOf(frame, 'rate');
	const bin = rows[1].time - rows[0].time;
	const from = Math.floor(Math.min(a, b) / bin) * bin;
	const to = (Math.floor(Math.max(a, b) / bin) + 1) * bin;

	choice.span = String(Math.max(ZOOM_MIN, Math.round(to - from)));
	choice.to = String(Math.round(Math.max(to, from + ZOOM_MIN)));
	history.pushState(null, '', '?' + parameters());
	connect();
}

/* Shows what is being chosen, from one place to another; null hides it. */
function markDrag(from, to) {
	const mark = $('drag');
	const left = $('picture-rate').getBoundingClientRect().left;

	mark.hidden = from === null;
	mark.style.left = Math.min(from, to) - left + 'px';
	mark.style.width = Math.abs(to - from) + 'px';
}

function startZoom() {
	const place = $('picture-rate');
	let from = null;

	place.parentNode.append(element('div', '', { id: 'drag', hidden: '' }));
	place.addEventListener('pointerdown', (event) => {
		if (event.button !== 0 || timeAt(event.clientX) === null)
			return;
		from = event.clientX;
		place.setPointerCapture(event.pointerId);
		event.preventDefault();
	});
	place.addEventListener('pointermove', (event) => {
		if (from !== null)
			markDrag(from, event.clientX);
	});
	place.addEventListener('pointercancel', () => {
		from = null;
		markDrag(null, null);
	});
	place.addEventListener('pointerup', (event) => {
		const [a, b] = [from, event.clientX];

		from = null;
		markDrag(null, null);
		if (a !== null && Math.abs(a - b) >= DRAG_MIN)
			zoomTo(timeAt(a), timeAt(b));
	});
}
