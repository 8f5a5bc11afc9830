/*
 * show.js - a frame on the page: tiles, pictures, tables, alerts, state
 *
 * Live regions, which a screen reader announces, change only when their words
 * do: the state, the notice, and at most every 15 seconds the number of new
 * alerts.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const $ = (id) => document.getElementById(id);
const NEWS_MS = 15000;		/* from one word about alerts to the next */
const SILENCE_S = 60;		/* without packets, or a window if shorter */
let log = [];			/* the newest alerts, as lines */
let known = new Set();		/* alerts that the stream before brought */
let fresh = 0;			/* alerts nobody was told of */
let news = 0;			/* a timer */

function write(id, text) {
	if ($(id).textContent !== text)
		$(id).textContent = text;
}

/* Makes the elements of panels.js, without data yet. */
function build() {
	for (const t of TILES) {
		const card = element('div', '', { class: 'card' });

		card.append(element('dt', t.title),
		    element('dd', '\u2013', { id: t.id }), element('dd', '',
		    { class: 'note', id: t.id + '-note' }));
		$('tiles').append(card);
	}
	for (const p of PICTURES) {
		const figure = element('figure', '', { class: 'card' });

		figure.append(element('div', '', { id: 'picture-' + p.panel,
		    class: 'picture', role: 'img',
		    'aria-label': 'No picture yet' }));
		$('pictures').append(figure);
	}
	$('incidents').append(...[INCIDENTS, SUSPECTS, COPIES].map(buildTable));
	$('copies-title').parentNode.hidden = true;
	$('alerts-title').parentNode.append($('muted'), element('p', '', { id: 'news',
	    class: 'quiet', role: 'status' }));
	$('talkers').append(...TALKERS.map(buildTable));
}

/* From when to when, by which clock, and what of it has no data. */
function showPeriod(t) {
	const begins = Number(t.begin) > Number(t.from);
	const lost = Number(t.to) - Number(t.covered) -
	    Math.max(Number(t.begin), Number(t.from));

	zone.name = t.zone;
	zone.east = Number(t.east);
	const at = isPast() ? stamp : clock;
	write('period', at(t.from) + ' to ' + at(t.to) + ' ' +
	    zone.name + '.' + (isEmpty(t) ? ' There are no data of this time.' :
	    begins ? ' The data begin at ' +
	    at(t.begin) + '.' : '') + (lost < 0.5 ? '' :
	    ' Nothing was captured for ' + span(lost) + '.'));
	$('period').hidden = false;
	write('zone', ' Times are those of the server: ' + (
	    zone.name.startsWith('UTC') ? zone.name :
	    zone.name + ' (' + offset() + ')') + '.');
}

/* The bins that have data, with packets a second. */
function binsOf(f) {
	const rows = rowsOf(f, 'rate');

	return rows.filter((r) => r.packets !== '').map((r) =>
	    ({ packets: r.packets / binOf(rows) }));
}

function showTiles(f) {
	const totals = totalsOf(f);

	if (totals === undefined)
		return;
	showPeriod(totals);
	const bins = binsOf(f);
	for (const t of TILES) {
		write(t.id, t.text(totals, bins));
		write(t.id + '-note', t.note(totals, bins));
		$(t.id + '-note').classList.toggle('suspicious',
		    t.alarming !== undefined && t.alarming(totals));
	}
}

function showPictures(f) {
	for (const p of PICTURES) {
		/* That of two directions comes with them. */
		if (p.panel === 'rate' && f.older &&
		    f['who directions'] !== undefined)
			continue;
		const place = $('picture-' + p.panel);
		const picture = p.panel === 'rate' && isCharted(f) ?
		    rateChart(f, room()) :
		    importPicture(f['picture ' + p.panel] ?? []);
		const totals = totalsOf(f);

		if (picture === null)
			continue;
		picture.setAttribute('aria-hidden', 'true');
		place.replaceChildren(picture);
		place.setAttribute('aria-label', totals === undefined ?
		    'No data yet' : p.words(f, totals));
	}
}

/* Gives a frame the tables of who talks of another one, which may be older. */
function takeTalkers(f, from, older) {
	for (const name of Object.keys(from))
		if (name.startsWith('who'))
			f[name] = from[name];
	f.older = older;
}

/* Who talks, which comes after the frame that it is of. */
function showWho(f) {
	if (frame === null)
		return;
	takeTalkers(frame, f, false);
	if (f['who directions'] !== undefined)
		showPictures(frame);
	showTalkers(frame);
	showCopies(frame);
	showIncidents(frame);
}

/*
 * Who talks: the rows are those of the window, or fewer if it has more than
 * the server reads for them; the row of all others is the last.
 */
function showTalkers(f) {
	const totals = totalsOf(f);

	/* The first frame of a stream may come before a second is over. */
	if (totals === undefined || (!isPast() && Number(totals.covered) < 0.5))
		return;
	const ready = TALKERS.filter((t) => t.rows !== undefined ||
	    f.who !== undefined || isEmpty(totals));
	const start = Number((f.who?.note ?? '').split(' ')[1] ?? 0);
	const when = start > Number(totals.from) + 1 ?
	    'since ' + clock(start) : period(totals);
	for (const t of ready) {
		const rows = t.rows?.(f) ?? rowsOf(f, t.panel).filter(
		    (r) => r.packets !== '0');
		const some = rows.filter((r) => r[t.column] !== 'REST');

		$(t.id + '-title').parentNode.hidden =
		    f[t.panel] === undefined && f.who !== undefined;
		write(t.id + '-note', talkersNote(t, some.length, rows.length,
		    when));
		fillTable(t, sorted(t, some).concat(rows.filter(
		    (r) => r[t.column] === 'REST')));
		showSort(t);
	}
}

function talkersNote(t, some, all, when) {
	return some === 0 ? 'None ' + when + '.' : (some === all ?
	    some + ' ' + (some === 1 ? t.noun.one : t.noun.many) : 'The ' +
	    some + ' busiest ' + t.noun.many) + ' ' + when + '.';
}

/* Another stream brings the alerts there were again. */
function startAlerts() {
	known = new Set(log);
	log = [];
}

/* The alerts that are new, and what follows from all of them. */
function showAlerts(f) {
	for (const line of f.alerts ?? []) {
		log.push(line);
		fresh += known.has(line) ||
		    parseAlert(line)?.state !== 'start' ? 0 : 1;
	}
	log = log.slice(-LINES_MAX);
	showIncidents(f);
	if (fresh > 0 && news === 0)
		tellNews();
}

/* The incidents that are not muted: those that were seen come last. */
function showIncidents(f) {
	const all = incidents(log, Number(f.since));
	const found = all.filter((i) => !isMuted(i));

	fillTable(INCIDENTS, [...found.filter((i) => !isSeen(i)),
	    ...found.filter(isSeen)]);
	showAlertsNote(f, found);
	showMuted();
	showSuspects(f, found);
}

/* How many incidents there are, since when, and by which rules. */
function showAlertsNote(f, found) {
	const open = found.filter((i) => i.open).length;
	const all = Number(f.alerts?.note ?? 0);

	if (totalsOf(f) === undefined)
		return;
	write('alerts-note', (found.length === 0 ? 'None' :
	    [[open, 'open'], [found.length - open, 'ended']].filter(
	    ([n]) => n > 0).map((part) => part.join(' ')).join(', ')) +
	    ' since ' + when(Math.min(f.since || totalsOf(f).begin,
	    ...found.map((i) => i.first))) +
	    (all > LINES_MAX ? ', by the newest ' + whole(LINES_MAX) + ' of ' +
	    whole(all) + ' alerts' : '') + '. Rules in use: ' + f.rules + '.');
}

/* The addresses of the window, and whether the list of them is complete. */
function showSuspects(f, found) {
	const totals = totalsOf(f);
	const rows = rowsOf(f, 'sources');

	if (totals === undefined)
		return;
	const all = suspects(rows, found.filter((i) => choice.to === '' ||
	    i.first <= totals.to), new Map(f.severities.split(' ').map(
	    (part) => part.split('='))), Number(totals.from),
	    rowsOf(f, 'who victims'));
	fillTable(SUSPECTS, all);
	write('flagged-note', all.length === 0 ?
	    'None ' + period(totals) + '.' : 'Seen ' + period(totals) +
	    '. Packets are those with an alert' +
	    (Number(totals.flagged_rows) <= rows.length ? '.' : ', of the ' +
	    'newest ' + whole(rows.length) + ' of ' +
	    whole(totals.flagged_rows) + ' sources and protocols.'));
}

/* Announces how many alerts are new, then nothing for NEWS_MS. */
function tellNews() {
	news = 0;
	if (fresh === 0)
		return;
	write('news', fresh + (fresh === 1 ? ' new alert' : ' new alerts') +
	    ' at ' + clock(Date.now() / 1000));
	fresh = 0;
	news = setTimeout(tellNews, NEWS_MS);
}

/* A check box, its protocol, and its packets, which are no part of its name. */
function filterLabel(name) {
	const label = element('label', '', { 'data-proto': name });
	const id = 'count-' + name;

	label.append(element('input', '', { type: 'checkbox',
	    'aria-label': name, 'aria-describedby': id }),
	    element('span', name), element('span', '', { id: id }));
	label.firstChild.checked = choice.proto.has(name);
	return label;
}

/* The check boxes by name: one for each protocol seen or chosen. */
function showFilter(f) {
	const boxes = $('boxes');
	const counts = new Map(rowsOf(f, 'protocols').map(
	    (p) => [p.proto, p]));

	for (const name of [...choice.proto,
	    ...[...boxes.children].map((l) => l.dataset.proto)])
		if (!counts.has(name))
			counts.set(name, { packets: '0', alerts: '0' });
	for (const [name, p] of counts) {
		let label = [...boxes.children].find(
		    (l) => l.dataset.proto === name);
		if (label === undefined) {
			label = filterLabel(name);
			boxes.insertBefore(label, [...boxes.children].find(
			    (l) => l.dataset.proto > name) ?? null);
		}
		label.children[1].className =
		    p.alerts !== '0' ? 'suspicious' : '';
		label.lastChild.textContent = whole(p.packets);
	}
	showChosen();
}

function showChosen() {
	const n = choice.proto.size;

	write('filter-hint', n === 0 ? 'all shown' : n > 3 ? n + ' shown' :
	    [...choice.proto].sort().join(', ') + ' alone');
	$('all').disabled = n === 0;
}

/* The filter that is in use, or what is wrong with it. */
function showWhere(wrong) {
	const none = choice.where === '';

	write('where-note', wrong || (none ?
	    'For example: src = 10.0.0.5 and proto = dns' :
	    'Only rows that meet it are shown'));
	$('where-note').classList.toggle('bad', wrong !== '');
	$('where').setAttribute('aria-invalid', String(wrong !== ''));
	$('where-clear').disabled = none;
	write('narrowed-text', choice.where);
	$('narrowed').hidden = none || wrong !== '';
}

/* The state of the connection, and in words what is wrong, if anything is. */
function say(state, text, notice) {
	$('state').dataset.state = state;
	$('rate').previousSibling.textContent = !isPast() &&
	    ['live', 'wait'].includes(state) ? 'Rate now' : 'Rate at the end';
	write('state-text', text);
	write('notice', notice ?? '');
	$('notice').hidden = !notice;
}

function showSource(name) {
	write('source', name);
	document.title = (name ? name + ' – ' : '') + 'pktpipe';
}

function showState(f) {
	const word = f.state.split(' ', 1)[0];
	const name = f.state.slice(word.length + 1);
	const t = rowsOf(f, 'totals')[0];
	const missing = word === 'missing';
	const file = word === 'file' || missing;

	showSource(name);
	if (word === 'ended')
		say('stop', 'Capture ended', 'The interface may be down. ' +
		    'The page continues when the capture does.');
	else if (word === 'full')
		say('stop', 'Disk full', 'There is no room for the recording. ' +
		    'The page continues when there is.');
	else if (t === undefined || t.newest === '')
		say('wait', 'Waiting for data', missing ?
		    'The file does not exist yet. The page continues with it.' :
		    file ?
		    'The file has no rows yet. The figures appear with the first.' :
		    'The capture runs. The figures appear with the first packet.');
	else if (Number(t.age) > Math.min(Number(choice.window), SILENCE_S))
		say('quiet', 'Silence', missing ?
		    'The file does not exist any more. ' +
		    'The page continues with the next one of its name.' :
		    file ?
		    'No rows are being added to the file. ' +
		    'The page continues with the next one.' :
		    'The capture runs, but no packets arrive. ' +
		    'The page continues with the next one.');
	else
		say('live', 'Live', word !== 'stuck' ? '' :
		    'The recording cannot be turned over and grows beyond ' +
		    'its limit: see the messages of pktpipe-web.');
}

/*
 * How old the newest packet is: what the server said, and the wait since.  The
 * clock that gave its time may be ahead.
 */
function showAge() {
	const t = frame === null ? undefined : rowsOf(frame, 'totals')[0];
	const age = Number(t?.age) + (Date.now() - arrived) / 1000;

	write('age', t === undefined || t.newest === '' ? 'no data yet' :
	    'newest packet ' +
	    (age < -1 ? 'in the future' : span(Math.max(0, age)) + ' ago'));
}
