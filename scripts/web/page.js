/*
 * page.js - the dashboard: asks for frames and shows them, see frame.js
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const $ = (id) => document.getElementById(id);
const ALERTS_MAX = 200;		/* lines of the log */
const choice = { proto: new Set(), window: '30', refresh: '5' };
let source = null;		/* the open stream of events */
let frame = null;		/* the newest one that was shown */
let arrived = 0;		/* when that was, ms */
let paused = false;
let retry = 0;			/* a timer */

/* Both pictures, each with words for those who do not see it. */
function showPictures(f) {
	const spikes = rowsOf(f, 'rate').filter((r) => r.spike === '1').length;
	const words = {
		rate: 'Bytes per second over ' + choice.window + ' seconds, ' +
		    (spikes === 0 ? 'no spike' : 'spikes in ' + spikes),
		protocols: 'Packets by protocol: ' + rowsOf(f, 'protocols').filter(
		    (p) => p.shown === '1' && p.packets !== '0').slice(0, 8).map(
		    (p) => p.proto + ' ' + p.packets).join(', ')
	};

	for (const [name, text] of Object.entries(words)) {
		const picture = importPicture(f['picture ' + name] ?? []);
		if (picture === null)
			continue;
		picture.setAttribute('aria-hidden', 'true');
		$('picture-' + name).replaceChildren(picture);
		$('picture-' + name).setAttribute('aria-label', text);
	}
}

function showTotals(f) {
	const t = rowsOf(f, 'totals')[0];

	if (t === undefined)
		return;
	$('rate').textContent = bytes(Number(t.rate)) + '/s';
	$('packets').textContent = whole(t.packets);
	$('bytes').textContent = bytes(Number(t.bytes));
	$('sources').textContent = whole(t.sources);
}

function showFlagged(f) {
	const rows = rowsOf(f, 'sources').sort((a, b) => b.last - a.last);

	$('flagged').hidden = rows.length === 0;
	$('flagged-none').hidden = rows.length !== 0;
	$('flagged').tBodies[0].replaceChildren(...rows.map((r) => {
		const tr = document.createElement('tr');
		tr.append(element('td', r.src), element('td', r.proto),
		    element('td', whole(r.packets), { class: 'n' }),
		    element('td', r.rule.replaceAll('|', ', ')),
		    element('td', clock(r.first)), element('td', clock(r.last)));
		return tr;
	}));
}

/* Alerts are lines: an ISO 8601 time, a severity, and what happened. */
function showAlerts(f) {
	const log = $('alerts');

	for (const line of f.alerts ?? []) {
		const [time, severity, ...what] = line.split(' ');
		const li = element('li', '', { 'data-severity': severity });
		li.append(element('time', clock(Date.parse(time) / 1000),
		    { datetime: time }), severity + ': ' + what.join(' '));
		log.prepend(li);
	}
	while (log.childElementCount > ALERTS_MAX)
		log.lastElementChild.remove();
	$('alerts-none').hidden = log.childElementCount !== 0;
}

/* The check boxes: one for each protocol seen or chosen, with its packets. */
function showFilter(f) {
	const counts = new Map(rowsOf(f, 'protocols').map(
	    (p) => [p.proto, p]));
	const boxes = $('boxes');
	const have = new Map([...boxes.children].map(
	    (l) => [l.dataset.proto, l]));

	for (const name of choice.proto)
		if (!counts.has(name))
			counts.set(name, { packets: '0', suspicious: '0' });
	for (const [name, label] of have)
		if (!counts.has(name))
			counts.set(name, { packets: '0',
			    suspicious: label.dataset.suspicious });
	for (const [name, p] of counts) {
		let label = have.get(name);
		if (label === undefined) {
			label = element('label', '', { 'data-proto': name });
			label.append(element('input', '', { type: 'checkbox' }),
			    element('span', name), element('output', ''));
			label.firstChild.checked = choice.proto.has(name);
			label.firstChild.addEventListener('change', chosen);
			boxes.append(label);
		}
		label.dataset.suspicious = p.suspicious ?? '0';
		label.children[1].className =
		    p.suspicious === '1' ? 'suspicious' : '';
		label.lastChild.textContent = whole(p.packets);
	}
	filterHint();
}

function filterHint() {
	const n = choice.proto.size;

	$('filter-hint').textContent = n === 0 ? 'All are shown.' :
	    'Only ' + n + (n === 1 ? ' is shown.' : ' are shown.');
	$('all').disabled = n === 0;
}

/* The state of the connection, and in words what is wrong, if anything is. */
function say(state, text, notice) {
	$('state').dataset.state = state;
	$('state-text').textContent = text;
	$('notice').hidden = !notice;
	$('notice').textContent = notice ?? '';
}

function showState(f) {
	const word = f.state.split(' ', 1)[0];
	const name = f.state.slice(word.length + 1);
	const t = rowsOf(f, 'totals')[0];

	$('source').textContent = name;
	document.title = (name ? name + ' – ' : '') + 'pktpipe';
	if (paused)
		say('pause', 'Paused');
	else if (word === 'ended')
		say('stop', 'Capture ended', 'The capture has ended. This page ' +
		    'goes on by itself when it is started again.');
	else if (t === undefined || t.newest === '')
		say('wait', 'Waiting for data', 'No traffic has been seen ' +
		    'yet. The figures appear with the first packet.');
	else
		say('live', 'Live');
}

function show(f) {
	frame = f;
	arrived = Date.now();
	showTotals(f);
	showPictures(f);
	showFlagged(f);
	showFilter(f);
	$('download').disabled = false;
	showState(f);
	showAge();
}

/* How old the newest packet is: what the server said, and the wait since. */
function showAge() {
	const t = frame === null ? undefined : rowsOf(frame, 'totals')[0];

	if (t === undefined || t.newest === '') {
		$('age').textContent = 'no data yet';
		return;
	}
	const s = Number(t.age) + (Date.now() - arrived) / 1000;
	$('age').textContent = 'newest packet ' + (s < 60 ?
	    s.toFixed(0) + ' s' : s < 3600 ? (s / 60).toFixed(0) + ' min' :
	    (s / 3600).toFixed(1) + ' h') + ' ago';
}

/* The parameters of the stream, and of this page's own address. */
function parameters() {
	const p = ['window=' + choice.window, 'refresh=' + choice.refresh];

	if (choice.proto.size > 0)
		p.unshift('proto=' + [...choice.proto].sort().join(','));
	return p.join('&');
}

function narrow() {
	return window.matchMedia('(max-width: 860px)').matches;
}

/* Asks for the stream anew, with what is chosen now. */
function connect() {
	clearTimeout(retry);
	if (source !== null)
		source.close();
	$('alerts').replaceChildren();
	history.replaceState(null, '', '?' + parameters());
	const url = 'stream?' + parameters() +
	    (narrow() ? '&width=narrow' : '');
	source = new EventSource(url);
	source.addEventListener('frame', (e) => {
		const f = parseFrame(e.data);
		showAlerts(f);
		if (!paused)
			show(f);
	});
	source.onerror = () => lost(url);
}

/* The browser itself tries again, unless the server refused. */
function lost(url) {
	if (source.readyState !== EventSource.CLOSED) {
		say('stop', 'Reconnecting', 'The connection was lost. It is ' +
		    'tried again every two seconds.');
		return;
	}
	say('stop', 'Not connected', 'The server cannot be reached.');
	const end = new AbortController();
	fetch(url, { signal: end.signal }).then(async (r) => {
		const text = r.ok ? '' : (await r.text()).trim();
		end.abort();
		if (r.status === 503)
			say('wait', 'Waiting for a place', text.replace(
			    /;.*/, '. This page starts when one leaves.'));
		else if (text)
			say('stop', 'Refused', 'The server says: ' + text);
	}).catch(() => {});
	retry = setTimeout(connect, 5000);
}

function chosen(event) {
	const name = event.target.parentNode.dataset.proto;

	if (event.target.checked)
		choice.proto.add(name);
	else
		choice.proto.delete(name);
	filterHint();
	connect();
}

/* What is on the screen, as CSV: one table below the other. */
function download() {
	const text = ['totals', 'protocols', 'rate', 'sources'].map((name) =>
	    'table\n' + name + '\n' + (frame[name] ?? []).join('\n')).join('\n\n');
	const a = element('a', '', { download: 'pktpipe.csv',
	    href: URL.createObjectURL(new Blob([text + '\n'],
	    { type: 'text/csv' })) });

	document.body.append(a);
	a.click();
	a.remove();
	setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}

function theme(name) {
	if (name === 'auto')
		delete document.documentElement.dataset.theme;
	else
		document.documentElement.dataset.theme = name;
}

/* What the address asks for, as far as it is sound. */
function readAddress() {
	const q = new URLSearchParams(location.search);

	for (const id of ['window', 'refresh']) {
		const v = q.get(id);
		if (v !== null && [...$(id).options].some((o) => o.value === v))
			choice[id] = v;
		$(id).value = choice[id];
	}
	for (const name of (q.get('proto') ?? '').split(','))
		if (/^[A-Z0-9][A-Z0-9._-]{0,15}$/.test(name))
			choice.proto.add(name);
}

function start() {
	document.documentElement.classList.remove('plain');
	readAddress();
	for (const id of ['window', 'refresh'])
		$(id).addEventListener('change', () => {
			choice[id] = $(id).value;
			connect();
		});
	$('theme').value = localStorage.getItem('theme') ?? 'auto';
	theme($('theme').value);
	$('theme').addEventListener('change', () => {
		localStorage.setItem('theme', $('theme').value);
		theme($('theme').value);
	});
	$('pause').addEventListener('click', () => {
		paused = !paused;
		$('pause').setAttribute('aria-pressed', String(paused));
		if (paused)
			say('pause', 'Paused');
		else
			connect();
	});
	$('all').addEventListener('click', () => {
		choice.proto.clear();
		for (const box of $('boxes').querySelectorAll('input'))
			box.checked = false;
		connect();
	});
	$('download').addEventListener('click', download);
	window.matchMedia('(max-width: 860px)').addEventListener('change',
	    connect);
	setInterval(showAge, 1000);
	connect();
}

start();
