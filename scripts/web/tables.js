/*
 * tables.js - tables whose rows are updated in place
 *
 * A row keeps its elements as long as its key is in the data, so that what is
 * selected, or has the focus, stays so over a refresh.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const FEW = 8;			/* rows of a table before it is opened */

/* The head of a column; one that can be sorted by is a button. */
function columnHead(t, c) {
	const th = element('th', '', { scope: 'col', role: 'columnheader',
	    class: ['n', 'bar', 'acts'].includes(c.kind) ? c.kind : '' });

	if (c.sort === undefined) {
		th.textContent = c.title;
		return th;
	}
	const button = element('button', c.title, { type: 'button',
	    class: 'sort', 'data-sort': c.sort });
	button.addEventListener('click', () => sortBy(t, c.sort));
	th.append(button);
	return th;
}

function buildTable(t) {
	const title = t.id + '-title';
	const section = element('section', '', { class: 'card',
	    'aria-labelledby': title });
	const box = element('div', '', { class: 'box', id: t.id + '-box',
	    role: 'group', 'aria-labelledby': title, hidden: '' });
	const table = element('table', '', { id: t.id, role: 'table' });
	const head = element('thead', '', { role: 'rowgroup' });
	const tr = element('tr', '', { role: 'row' });
	const more = element('button', '', { type: 'button',
	    id: t.id + '-more', 'aria-controls': t.id, hidden: '' });

	tr.append(...t.columns.map((c) => columnHead(t, c)));
	head.append(tr);
	table.append(element('caption', t.caption, { class: 'quiet' }), head,
	    element('tbody', '', { role: 'rowgroup' }));
	box.append(table, more);
	more.addEventListener('click', () => {
		t.open = !t.open;
		showMore(t);
	});
	section.hidden = t.rare === true;
	section.append(element('h2', t.title, { id: title }), element('p',
	    'No data yet.', { class: 'hint', id: t.id + '-note' }), box);
	return section;
}

/* Which rows are shown, and what the button below them does. */
function showMore(t) {
	const rows = [...$(t.id).tBodies[0].rows];
	const more = $(t.id + '-more');

	rows.forEach((tr, i) => { tr.hidden = !t.open && i >= FEW; });
	more.hidden = rows.length <= FEW;
	more.setAttribute('aria-expanded', String(t.open === true));
	setText(more, t.open ? 'Show ' + FEW : 'Show ' +
	    (rows.length - FEW) + ' more');
}

function setText(e, text) {
	if (e.textContent !== text)
		e.textContent = text;
}

/* A link that sets the filter; its address works in another tab too. */
function filterLink(text, where) {
	const a = element('a', text, { class: 'filter-link',
	    'data-where': where });

	setLink(a, text, where);
	a.addEventListener('click', (event) => {
		if (event.ctrlKey || event.metaKey || event.shiftKey)
			return;
		event.preventDefault();
		setWhere(choice.where === a.dataset.where ? '' :
		    a.dataset.where, true);
	});
	return a;
}

/* What a link says and does; it is pressed while its filter is in use. */
function setLink(a, text, where) {
	const used = choice.where === where;

	setText(a, text);
	a.dataset.where = where;
	a.setAttribute('href', '?' + parameters(used ? '' : where));
	a.title = used ? 'Show all again' : 'Show only this: ' + where;
	if (used)
		a.setAttribute('aria-current', 'true');
	else
		a.removeAttribute('aria-current');
}

/*
 * The content of a cell: its text, the links of a list of [text, condition]
 * where the text alone has no condition, or chips, one for each text.
 */
function fillCell(td, c, r) {
	if (c.fill !== undefined) {
		c.fill(td, r);
		return;
	}
	const text = c.text(r);
	const said = JSON.stringify(text) + choice.where;

	if (c.kind === 'bar')
		td.style.setProperty('--share', parseFloat(text) + '%');
	if (!Array.isArray(text)) {
		setText(td, text);
		return;
	}
	if (td.said === said)
		return;
	td.said = said;
	const parts = text.map((part) => Array.isArray(part) ? part[1] === '' ?
	    element('span', part[0]) : filterLink(...part) :
	    element('span', part, { class: 'chip' }));
	if (sameParts(td, parts))
		return;
	td.replaceChildren(...parts.flatMap((e, i) => i === 0 ? [e] :
	    [' ', e]));
}

/* Whether a cell has these links; if so, brings them up to date. */
function sameParts(td, parts) {
	const old = [...td.children];

	if (old.length !== parts.length || !parts.every((e, i) =>
	    e.localName === 'a' && old[i].localName === 'a' &&
	    e.textContent === old[i].textContent))
		return false;
	parts.forEach((e, i) => setLink(old[i], e.textContent,
	    e.dataset.where));
	return true;
}

/* A row of a table; on a phone each cell says what it is. */
function tableRow(t) {
	const tr = element('tr', '', { role: 'row' });

	tr.append(...t.columns.map((c) => element('td', '', { role: 'cell',
	    'data-label': c.title, class: c.kind ?? '' })));
	return tr;
}

/* Brings the rows of a table up to date, by their keys, in their new order. */
function fillTable(t, rows) {
	const body = $(t.id).tBodies[0];
	const old = new Map([...body.rows].map((tr) => [tr.dataset.key, tr]));
	const focus = document.activeElement;

	rows.forEach((r, i) => {
		const key = t.key(r);
		const tr = old.get(key) ?? tableRow(t);

		old.delete(key);
		tr.dataset.key = key;
		t.columns.forEach((c, n) => fillCell(tr.cells[n], c, r));
		if (t.severity !== undefined)
			tr.dataset.severity = t.severity(r);
		if (body.rows[i] !== tr)
			body.insertBefore(tr, body.rows[i] ?? null);
	});
	for (const tr of old.values())
		tr.remove();
	if (body.contains(focus) && document.activeElement !== focus)
		focus.focus({ preventScroll: true });
	$(t.id + '-box').hidden = rows.length === 0;
	showMore(t);
}
