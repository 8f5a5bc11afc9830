/*
 * contrast.js - contrast of what is on a page, as WCAG 2.2 defines it
 *
 * A test puts this before the expression that it evaluates.
 *
 * SPDX-License-Identifier: ISC
 */

/* Red, green, blue and alpha of a computed colour. */
function parts(css) {
	const n = css.match(/[0-9.]+/g).map(Number);

	return n.length === 3 ? [...n, 1] : n;
}

function over(top, under) {
	return [0, 1, 2].map((i) =>
	    top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
}

/* What is behind an element's text. */
function ground(e) {
	const own = parts(getComputedStyle(e).backgroundColor);

	if (own[3] === 1)
		return own;
	return over(own, e.parentElement === null ? [255, 255, 255, 1] :
	    ground(e.parentElement));
}

/* Relative luminance. */
function luminance(colour) {
	const [r, g, b] = colour.slice(0, 3).map((c) => c / 255).map(
	    (c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
	const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);

	return (high + 0.05) / (low + 0.05);
}

/* How much of an element its ancestors and itself let be seen. */
function opacity(e) {
	return e === null ? 1 :
	    Number(getComputedStyle(e).opacity) * opacity(e.parentElement);
}

function contrast(e, property) {
	const colour = parts(getComputedStyle(e)[property]);
	const under = ground(property === 'color' || property === 'fill' ? e :
	    e.parentElement);

	colour[3] *= opacity(e);
	return ratio(over(colour, under), under);
}

const isSeen = (e) => e.getClientRects().length > 0 &&
    e.closest('.quiet') === null && e.getBoundingClientRect().right > 0;

/* Elements that have words of their own, and fields. */
function withText() {
	return [...document.body.querySelectorAll('*')].filter((e) =>
	    isSeen(e) && (e.localName === 'select' ||
	    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())));
}

/* What is too faint: words below 4.5:1, edges of controls below 3:1. */
function faint() {
	const words = withText().map((e) => [e, contrast(e,
	    e.namespaceURI.endsWith('svg') ? 'fill' : 'color'), 4.5]);
	const edges = [...document.querySelectorAll('button, select')].filter(
	    isSeen).map((e) => [e, contrast(e, 'borderTopColor'), 3]);

	return [...words, ...edges].filter(([, got, want]) => got < want).map(
	    ([e, got]) => e.localName + ' ' + e.id + ' ' +
	    e.textContent.trim().slice(0, 30) + ' ' + got.toFixed(2));
}
