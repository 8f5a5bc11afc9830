/*
 * page.js - the viewer's choices, the stream of frames, the controls
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const RETRY_MS = 5000;		/* after the server refused */
const RESIZE_MS = 500;		/* of rest, before pictures are asked anew */
const DEAD_FRAMES = 3;		/* refreshes without a frame: a dead stream */
const START_MS = 15000;		/* the longest wait for a stream's first one */
const choice = { proto: new Set(), window: '30', refresh: '5', where: '',
    sort: '', span: '', to: '', compare: '', unit: '' };
const byName = new Set();	/* tables that are sorted by name */
let source = null;		/* the open stream of events */
let frame = null;		/* the newest one that was shown */
let arrived = 0;		/* when that was, ms */
let heard = 0;			/* the stream's last sign of life, ms */
let flows = false;		/* the stream has brought a frame */
let paused = false;
let retry = 0;			/* timers */
let resized = 0;
let wide = 0;			/* pixels of the pictures asked for */

function show(f) {
	frame = f;
	arrived = Date.now();
	showTiles(f);
	showAlerts(f);
	showPictures(f);
	showTalkers(f);
	showFilter(f);
	$('download').disabled = false;
	showNights(f);
	if (isPast()) {
		showPastState(f);
		return;
	}
	showState(f);
	showAge();
}

/* Of all but letters and digits the code, as the server wants it. */
const encoded = (text) => encodeURIComponent(text).replace(/[!'()*~]/g,
    (c) => '%' + c.charCodeAt(0).toString(16));

/*
 * The parameters of the stream, and of the page's address; for this filter.
 * Those of a span of the past have it in the place of the window.
 */
function parameters(where = choice.where, span = '') {
	const p = span !== '' ? ['span=' + span] :
	    ['window=' + choice.window, 'refresh=' + choice.refresh];

	if (choice.proto.size > 0)
		p.unshift('proto=' + [...choice.proto].sort().join(','));
	if (choice.sort !== '')
		p.push('sort=' + choice.sort);
	if (choice.unit !== '')
		p.push('unit=' + choice.unit);
	if (choice.span !== '' && span === '')
		p.push('span=' + choice.span);
	if (choice.to !== '')
		p.push('to=' + choice.to);
	if (choice.compare !== '')
		p.push('compare=' + choice.compare);
	if (where !== '')
		p.push('where=' + encoded(where));
	return p.join('&');
}

/* The width of a picture in pixels, within the server's limits. */
function room() {
	const picture = $('picture-' + PICTURES[0].panel);

	return Math.max(280, Math.min(960, picture.clientWidth));
}

function disconnect() {
	if (asked !== null)
		asked.abort();
	asked = null;
	clearTimeout(retry);
	if (source !== null)
		source.close();
	source = null;
}

/* Asks for the stream anew, with what is chosen now; when paused, later. */
function connect() {
	let first = true;

	disconnect();
	history.replaceState(null, '', '?' + parameters());
	showSteps();
	if (paused)
		return;
	wide = room();
	if (isPast()) {
		loadPast();
		return;
	}
	const url = 'stream?' + parameters() + '&width=' + wide + '&panels=' +
	    PICTURES.map((p) => p.panel).join(',');
	source = new EventSource(url);
	heard = Date.now();
	flows = false;
	source.onopen = () => {
		first = true;
		heard = Date.now();
	};
	source.addEventListener('frame', (e) => {
		heard = Date.now();
		flows = true;
		const f = parseFrame(e.data);
		if (first)
			startAlerts();
		else
			takeTalkers(f, frame, true);
		first = false;
		show(f);
	});
	source.addEventListener('who', (e) => showWho(parseFrame(e.data)));
	source.onerror = () => lost(url);
}

/*
 * A network that went away, or a laptop that slept, leaves a stream that is
 * open and brings nothing; the browser does not notice.
 */
function watch() {
	const limit = flows ? DEAD_FRAMES * 1000 * Number(choice.refresh) :
	    START_MS;

	if (source === null || source.readyState === EventSource.CLOSED ||
	    Date.now() - heard <= limit)
		return;
	say('stop', 'Reconnecting', 'The server has sent nothing for ' +
	    span((Date.now() - heard) / 1000) + '. The page connects anew.');
	connect();
}

/* The browser itself tries again, unless the server refused. */
function lost(url) {
	heard = Date.now();
	flows = false;
	if (source.readyState !== EventSource.CLOSED) {
		say('stop', 'Reconnecting', 'The connection was lost. The ' +
		    'page reconnects every two seconds.');
		return;
	}
	ask(url);
	retry = setTimeout(connect, RETRY_MS);
}

/* Asks the server for its reason, which an EventSource does not give. */
function ask(url) {
	const end = new AbortController();

	fetch(url, { signal: end.signal }).then(async (r) => {
		const text = r.ok ? '' : (await r.text()).trim();
		end.abort();
		refused(r.status, text);
	}).catch(() => say('stop', 'Not connected',
	    'The server cannot be reached. The page tries again.'));
}

/* What the server says when it refuses; nothing, if it does not. */
function refused(status, text) {
	if (status === 503)
		say('wait', 'Waiting for a place', text.replace(
		    /;.*/, '. This page starts when one leaves.'));
	else if (/^bad filter/.test(text))
		refuseFilter(text);
	else if (text)
		say('stop', 'Refused', 'The server says: ' + text);
}

/* What is wrong with the condition, below its box; a retry would not help. */
function refuseFilter(text) {
	clearTimeout(retry);
	showWhere(text);
	say('stop', 'Bad filter', 'Nothing is shown until the filter is ' +
	    'mended or cleared.');
}

/*
 * Sets the filter, of which the page's address has a copy; one that was
 * clicked is a step that the browser's button leads back from.
 */
function setWhere(text, step) {
	choice.where = text.trim();
	if (step)
		history.pushState(null, '', '?' + parameters());
	$('where').value = choice.where;
	showWhere('');
	connect();
}

/* Sorts the tables of who talks, one of them by name. */
function sortBy(t, column) {
	if (column === 'name') {
		byName.add(t.id);
		showTalkers(frame);
		return;
	}
	byName.clear();
	choice.sort = column === 'bytes' ? '' : column;
	connect();
}

/* The rows in their order: the server's, or by name. */
function sorted(t, rows) {
	return byName.has(t.id) ? rows.sort((a, b) => a[t.column].localeCompare(
	    b[t.column], 'en', { numeric: true })) : rows;
}

/* Which column a table is sorted by, for the eye and for a screen reader. */
function showSort(t) {
	const by = byName.has(t.id) ? 'name' : choice.sort || 'bytes';

	for (const b of $(t.id).tHead.querySelectorAll('button'))
		if (b.dataset.sort === by)
			b.parentNode.setAttribute('aria-sort',
			    by === 'name' ? 'ascending' : 'descending');
		else
			b.parentNode.removeAttribute('aria-sort');
}

/* Requests pictures of another width when the page has settled on its own. */
function fit() {
	clearTimeout(resized);
	resized = setTimeout(() => {
		if (Math.abs(room() - wide) > wide / 10)
			connect();
	}, RESIZE_MS);
}

function chosen(event) {
	const name = event.target.parentNode.dataset.proto;

	if (event.target.checked)
		choice.proto.add(name);
	else
		choice.proto.delete(name);
	showChosen();
	connect();
}

function theme(name) {
	if (name === 'auto')
		delete document.documentElement.dataset.theme;
	else
		document.documentElement.dataset.theme = name;
}

/* The theme of the visit before; a browser may keep nothing. */
function startTheme() {
	let kept = null;

	try {
		kept = localStorage.getItem('theme');
	} catch { /* It is the system's then. */ }
	if ([...$('theme').options].some((o) => o.value === kept))
		$('theme').value = kept;
	theme($('theme').value);
	$('theme').addEventListener('change', () => {
		theme($('theme').value);
		try {
			localStorage.setItem('theme', $('theme').value);
		} catch { /* It lasts for this visit. */ }
	});
}

/* Reads the choices from the page's address, ignoring bad ones. */
function readAddress() {
	const q = new URLSearchParams(location.search);

	for (const id of ['window', 'refresh']) {
		const v = q.get(id);
		choice[id] = id === 'window' ? '30' : '5';
		if (v !== null && [...$(id).options].some((o) => o.value === v))
			choice[id] = v;
		$(id).value = choice[id];
	}
	choice.sort = q.get('sort') === 'packets' ? 'packets' : '';
	choice.unit = /^(bits|packets)$/.exec(q.get('unit') ?? '')?.[0] ?? '';
	$('unit').value = choice.unit || 'bytes';
	choice.to = /^[1-9][0-9]{0,10}$/.test(q.get('to') ?? '') ?
	    q.get('to') : '';
	choice.span = choice.to !== '' && /^[1-9][0-9]{1,6}$/.test(
	    q.get('span') ?? '') ? q.get('span') : '';
	choice.compare = [...$('compare').options].some((o) =>
	    o.value === q.get('compare')) ? q.get('compare') : '';
	$('compare').value = choice.compare;
	choice.where = (q.get('where') ?? '').trim();
	$('where').value = choice.where;
	showWhere('');
	choice.proto.clear();
	for (const name of (q.get('proto') ?? '').split(','))
		if (/^[A-Z0-9][A-Z0-9._-]{0,15}$/.test(name))
			choice.proto.add(name);
}

function pause() {
	paused = !paused;
	$('pause').setAttribute('aria-pressed', String(paused));
	if (paused)
		say('pause', 'Paused');
	else
		say('wait', 'Connecting');
	connect();
}

function showAll() {
	choice.proto.clear();
	for (const box of $('boxes').querySelectorAll('input'))
		box.checked = false;
	connect();
}

function start() {
	document.documentElement.classList.remove('plain');
	build();
	readAddress();
	startTheme();
	startMutes();
	startSteps();
	startZoom();
	loadNights();
	for (const id of ['window', 'refresh'])
		$(id).addEventListener('change', () => {
			choice[id] = $(id).value;
			if (id === 'window')
				choice.span = '';
			connect();
		});
	$('unit').addEventListener('change', () => {
		choice.unit = $('unit').value === 'bytes' ? '' : $('unit').value;
		history.replaceState(null, '', '?' + parameters());
		if (frame !== null)
			show(frame);
	});
	$('boxes').addEventListener('change', chosen);
	$('where-form').addEventListener('submit', (event) => {
		event.preventDefault();
		setWhere($('where').value);
	});
	for (const id of ['where-clear', 'narrowed-clear'])
		$(id).addEventListener('click', () => setWhere('', true));
	addEventListener('popstate', () => {
		readAddress();
		connect();
	});
	$('pause').addEventListener('click', pause);
	$('all').addEventListener('click', showAll);
	startDownloads();
	$('filter').open = !matchMedia('(max-width: 1100px)').matches;
	new ResizeObserver(fit).observe($('pictures'));
	setInterval(() => {
		if (!isPast())
			showAge();
		watch();
	}, 1000);
	connect();
}

start();
