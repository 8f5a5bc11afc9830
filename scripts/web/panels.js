/*
 * panels.js - what the page shows of a frame: tiles, pictures and tables
 *
 * The page makes and fills an element for each entry.  To add a panel that
 * liveplot(1) has: an entry under PICTURES if it is to be drawn.  A table has
 * for each column a title and a row's text; the column's kind is a class of
 * page.css: a number (n), the key of its row, a bar, or a list of links and
 * chips.  A row is the same one as long as its key is.  A frame's parts are
 * those of frame.js.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

/* A rate, of bytes and packets a second, in the unit that is chosen. */
const inUnit = (rate) => unit().text(unit().of(rate));

/* The mean rate of the time that the figures hold for. */
const mean = (t) => Number(t.covered) < 0.5 ? period(t) : 'mean ' +
    inUnit({ bytes: t.bytes / t.covered, packets: t.packets / t.covered }) +
    ' ' + period(t);

/* Figures with a note, from the one row of totals; red where it is alarming. */
const TILES = [
	{ id: 'rate', title: 'Rate now',
		text: (t, bins) => t.rate === '' || isEmpty(t) ? 'no data' :
		    inUnit({
		    bytes: t.rate, packets: bins.at(-1)?.packets }),
		note: (t, bins) => isEmpty(t) ? '' : 'peak ' + inUnit({ bytes: t.peak,
		    packets: Math.max(0, ...bins.map((b) => b.packets)) }) },
	{ id: 'packets', title: 'Packets',
		text: (t) => whole(t.packets),
		note: (t) => choice.unit !== 'packets' ? period(t) : mean(t) },
	{ id: 'bytes', title: 'Bytes',
		text: (t) => bytes(Number(t.bytes)),
		note: (t) => choice.unit === 'packets' ? period(t) : mean(t) },
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
		const bin = binOf(rowsOf(f, 'rate'));
		const seconds = (n) => bin > 1 ? span(n * bin) :
		    n + (n === 1 ? ' second' : ' seconds');

		return unit().title + ' ' + period(t) + ', ' +
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

/* Names of the services that most networks have (IANA's registry). */
const SERVICES = { 20: 'ftp-data', 21: 'ftp', 22: 'ssh', 23: 'telnet',
	25: 'smtp', 53: 'domain', 67: 'dhcp', 68: 'dhcp', 80: 'http',
	88: 'kerberos', 110: 'pop3', 123: 'ntp', 137: 'netbios', 138: 'netbios',
	139: 'netbios', 143: 'imap', 161: 'snmp', 179: 'bgp', 389: 'ldap',
	443: 'https', 445: 'smb', 465: 'smtps', 514: 'syslog', 587: 'submission',
	631: 'ipp', 853: 'domain-s', 993: 'imaps', 995: 'pop3s', 1194: 'openvpn',
	1883: 'mqtt', 1900: 'ssdp', 3306: 'mysql', 3389: 'rdp', 3478: 'stun',
	5060: 'sip', 5353: 'mdns', 5432: 'postgresql', 5900: 'vnc', 8080: 'http',
	8883: 'mqtt' };

/* The condition for an address at one end, or at either. */
const whereIs = (column, address) => column + ' = ' + (address || '""');

/* The two ends of a conversation, and the condition for it. */
function conversation(ends) {
	const [a, b] = ends.split(' ');

	return b === undefined ? '' : a === b ?
	    whereIs('src', a) + ' and ' + whereIs('dst', a) :
	    whereIs('any', a) + ' and ' + whereIs('any', b);
}

/* The condition for a sensor; a name that a word cannot be has none. */
const whereSensor = (v) => /^[A-Za-z0-9._-]+$/.test(v) ? 'sensor = "' + v +
    '"' : '';

/* A share of the total, by what the tables are sorted by. */
const share = (r) => Number(r[(choice.sort || 'bytes') + '_share']);

/* The protocols that are shown, with shares, as the server ranks the others. */
function protocolsOf(f) {
	const by = choice.sort || 'bytes';
	const rows = rowsOf(f, 'protocols').filter((r) => r.shown === '1' &&
	    r.packets !== '0').sort((a, b) => b[by] - a[by]);
	const all = rows.reduce((sum, r) => sum + Number(r[by]), 0);

	return rows.map((r) => ({ ...r,
	    [by + '_share']: all === 0 ? 0 : 100 * r[by] / all }));
}

/*
 * The tables of who talks.  column is the key that the server sums by; text
 * and where are what a row's link says and the condition that it sets.
 */
const TALKERS = [
	{ id: 'top-protocols', panel: 'protocols', column: 'proto',
		title: 'Top protocols', head: 'Protocol', rows: protocolsOf,
		noun: { one: 'protocol', many: 'protocols' },
		text: (v) => v, where: (v) => 'proto = ' + v },
	{ id: 'top-sources', panel: 'who sources', column: 'src',
		title: 'Top sources', head: 'Source',
		noun: { one: 'source', many: 'sources' },
		text: (v) => v || 'no address',
		where: (v) => whereIs('src', v) },
	{ id: 'top-destinations', panel: 'who destinations', column: 'dst',
		title: 'Top destinations', head: 'Destination',
		noun: { one: 'destination', many: 'destinations' },
		text: (v) => v || 'no address',
		where: (v) => whereIs('dst', v) },
	{ id: 'top-conversations', panel: 'who conversations', column: 'ends',
		title: 'Conversations', head: 'Between',
		noun: { one: 'conversation', many: 'conversations' },
		text: (v) => v.replace(' ', ' \u2194 ') || 'no address',
		where: conversation },
	{ id: 'top-services', panel: 'who services', column: 'service',
		title: 'Services', head: 'Port', noun: { one: 'port', many: 'ports' },
		text: (v) => v === '' ? 'other' :
		    v + (SERVICES[v] === undefined ? '' : ' ' + SERVICES[v]),
		where: (v) => v === '' ? '' :
		    'sport = ' + v + ' or dport = ' + v },
	{ id: 'top-sensors', panel: 'who sensors', column: 'sensor',
		title: 'Sensors', head: 'Sensor', rare: true,
		noun: { one: 'sensor', many: 'sensors' },
		text: (v) => v || 'no name', where: whereSensor }
].map((t) => ({ ...t, caption: t.title + ', the busiest first',
	key: (r) => r[t.column],
	columns: [
		{ title: t.head, kind: 'who', sort: 'name',
			text: (r) => r[t.column] === 'REST' ?
			    [['all others', '']] :
			    [[t.text(r[t.column]), t.where(r[t.column])],
			    ...labelsOf(r, t.column)] },
		{ title: 'Packets', kind: 'n', sort: 'packets',
			text: (r) => whole(r.packets) },
		{ title: 'Bytes', kind: 'n', sort: 'bytes',
			text: (r) => bytes(Number(r.bytes)) },
		{ title: 'Share', kind: 'bar',
			text: (r) => percent(share(r)) }
	] }));

/* What iplabel has added to an address: its country, its owner. */
function labelsOf(r, column) {
	return Object.keys(r).filter((name) => name.startsWith(column + '_') &&
	    r[name] !== '').map((name) => r[name]);
}
