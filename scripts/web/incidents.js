/*
 * incidents.js - the lines of ipflag --alerts as incidents and addresses
 *
 * An incident is one rule about the same who and whom; each time that it
 * begins anew is counted, and takes no line of its own.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const LINES_MAX = 1000;		/* of alerts, the newest */
const LEVELS = ['high', 'medium', 'low'];

/* What rules find, in words, by the start of their names; and who suffers. */
const FINDINGS = [
	{ rule: 'syn-flood', words: 'SYN flood', victim: true },
	{ rule: 'tcp-flood', words: 'TCP flood', victim: true },
	{ rule: 'icmp-flood', words: 'ICMP flood', victim: true },
	{ rule: 'udp-flood', words: 'UDP flood', victim: true },
	{ rule: 'dns-flood', words: 'DNS flood', victim: true },
	{ rule: 'sip-flood', words: 'SIP flood', victim: true },
	{ rule: 'ra-flood', words: 'flood of ICMPv6 to a whole link' },
	{ rule: 'dhcp-flood', words: 'DHCP flood' },
	{ rule: 'flood-many', words: 'flood of several sources', victim: true },
	{ rule: 'mac-flood', words: 'MAC flood' },
	{ rule: 'lan-flood', words: 'flood of a local network', victim: true },
	{ rule: 'other-flood', words: 'flood', victim: true },
	{ rule: 'reflection', words: 'reflected traffic', victim: true },
	{ rule: 'reflector', words: 'replies that attack others (reflector)',
		victim: true },
	{ rule: 'amplification', words: 'amplified replies', victim: true },
	{ rule: 'port-scan', words: 'port scan', victim: true },
	{ rule: 'udp-scan', words: 'UDP port scan', victim: true },
	{ rule: 'ack-scan', words: 'ACK scan', victim: true },
	{ rule: 'fin-scan', words: 'FIN scan', victim: true },
	{ rule: 'null-scan', words: 'scan without flags', victim: true },
	{ rule: 'xmas-scan', words: 'Xmas scan', victim: true },
	{ rule: 'synfin-scan', words: 'scan with SYN and FIN', victim: true },
	{ rule: 'sctp-scan', words: 'SCTP scan', victim: true },
	{ rule: 'protocol-scan', words: 'scan of IP protocols', victim: true },
	{ rule: 'scan-many', words: 'scans of several hosts' },
	{ rule: 'scan-decoys', words: 'scan with decoys', victim: true },
	{ rule: 'slowloris', words: 'connections held open', victim: true },
	{ rule: 'brute-force', words: 'password guessing', victim: true },
	{ rule: 'host-sweep', words: 'search for hosts' },
	{ rule: 'service-sweep', words: 'search for a service' },
	{ rule: 'ping-sweep', words: 'search for hosts by ping' },
	{ rule: 'udp-sweep', words: 'search for hosts by UDP' },
	{ rule: 'ack-sweep', words: 'search for hosts by ACK' },
	{ rule: 'sctp-sweep', words: 'search for hosts by SCTP' },
	{ rule: 'arp-sweep', words: 'search for hosts by ARP' },
	{ rule: 'nd-sweep', words: 'search for hosts by ND' },
	{ rule: 'icmp-tunnel', words: 'data hidden in ICMP (tunnel)' },
	{ rule: 'beacon', words: 'regular connections (beacon)' },
	{ rule: 'cleartext-login', words: 'login without encryption' },
	{ rule: 'dns-tunnel', words: 'data hidden in DNS (tunnel)' },
	{ rule: 'src-rate', words: 'many packets from one source' },
	{ rule: 'bw-spike', words: 'much traffic in one second' },
	{ rule: 'spike', words: 'much traffic in one second' },
	{ rule: 'proto-share', words: 'large share of one protocol' },
	{ rule: 'unknown-proto', words: 'unknown protocol' },
	{ rule: 'new-talker', words: 'source not seen before' }
];

/* What a rule finds; for a rule of one's own its name has to do. */
function finding(rule) {
	return FINDINGS.find((f) => rule === f.rule ||
	    rule.startsWith(f.rule + '-')) ??
	    { words: rule.replaceAll('-', ' ') };
}

/*
 * An alert of a line, whose grammar is in ipflag(1):
 * TIME RULE (SEVERITY[, STATE]): WHO, [up to ]AMOUNT in TIME, threshold LIMIT
 */
function parseAlert(line) {
	const a = new RegExp('^(\\S+) (\\S+) \\((low|medium|high)' +
	    '(?:, (continues|ended))?\\): (?:(.*?), )?((?:up to )?' +
	    '[0-9][0-9,.]* .* in .*, threshold .*)$').exec(line);

	if (a === null)
		return null;
	const who = /^(?:(\S+) to (\S+?)|from (\S+?)|to (\S+?))(?:, (\S+))?$/
	    .exec(a[5] ?? '');
	return { time: Date.parse(a[1]) / 1000, rule: a[2], severity: a[3],
	    state: a[4] ?? 'start', who: a[5] ?? 'all traffic',
	    src: who?.[1] ?? who?.[3] ?? '', dst: who?.[2] ?? who?.[4] ?? '',
	    amount: a[6].replace(/^up to /, '') };
}

/*
 * The incidents of lines, the most severe first, open ones before others.  One
 * of an earlier run of the server, which began before since, is not open.
 */
function incidents(lines, since) {
	const found = new Map();

	for (const a of lines.map(parseAlert)) {
		if (a === null)
			continue;
		const key = a.rule + ' ' + a.who;
		const i = found.get(key) ?? { ...a, key: key, first: a.time,
		    times: 0 };
		i.times += a.state === 'start' || i.times === 0 ? 1 : 0;
		i.severity = a.severity;
		i.amount = a.amount;
		i.newest = a.time;
		i.open = a.state !== 'ended' && a.time >= since;
		found.set(key, i);
	}
	return [...found.values()].sort((a, b) =>
	    LEVELS.indexOf(a.severity) - LEVELS.indexOf(b.severity) ||
	    b.open - a.open || b.newest - a.newest);
}

const isAddress = (text) => /^[0-9]+(\.[0-9]+){3}$|^[0-9a-f:.]*:[0-9a-f:.]*$/
    .test(text);

/* A link that shows all rows of an address. */
const addressLink = (a) => [a, isAddress(a) ? whereIs('any', a) : ''];

/* Who did it to whom, as parts of a cell; one of them may be nobody known. */
function partiesOf(i) {
	const parts = [];

	if (i.src !== '')
		parts.push(addressLink(i.src));
	if (i.dst !== '')
		parts.push(['\u2192', ''], addressLink(i.dst));
	const protocol = /(?:^|, )([A-Z0-9._-]+)$/.exec(i.who);
	if (protocol !== null && protocol[1] !== i.src && protocol[1] !== i.dst)
		parts.push([protocol[1], '']);
	return parts.length > 0 ? parts : [['all traffic', '']];
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

const INCIDENTS = { id: 'alerts', title: 'Alerts',
	caption: 'Alerts, the most severe first',
	key: (i) => i.key,
	severity: (i) => i.severity,
	columns: [
		{ title: 'Severity', kind: 'severity',
			text: (i) => [i.severity] },
		{ title: 'Alert', kind: 'key',
			text: (i) => capital(finding(i.rule).words) },
		{ title: 'Who', kind: 'who', text: partiesOf },
		{ title: 'How much', kind: 'reason', text: (i) => i.amount },
		{ title: 'Began', text: (i) => when(i.first) },
		{ title: 'Newest', text: (i) => i.open ? when(i.newest) :
		    'ended ' + when(i.newest) },
		{ title: 'Times', kind: 'n', text: (i) => whole(i.times) },
		{ title: 'Done', kind: 'acts', fill: fillActs }
	] };

/*
 * The server's row about a source and the victim that it sent most packets with
 * an alert to; undefined if there is none.
 */
function victimOf(source, victims) {
	return victims.filter((v) => v.src === source &&
	    v.rule.split('|').some((rule) => finding(rule).victim &&
	    !isAllowed(source, rule))).sort((a, b) => b.alerts - a.alerts)[0];
}

/*
 * Suspicious addresses: a row for each source of rows with an alert, and for
 * each victim of an incident since the window began.  Victims are before the
 * sources of their severity, of which there may be thousands.
 */
function suspects(rows, found, levels, from, victims) {
	const all = new Map();
	const at = (address, role) => {
		const key = address + ' ' + role;
		if (!all.has(key))
			all.set(key, { key: key, address: address, role: role,
			    packets: 0, rules: new Set(), protocols: new Set(),
			    first: Infinity, last: 0 });
		return all.get(key);
	};
	const seen = (s, first, last) => {
		s.first = Math.min(s.first, first);
		s.last = Math.max(s.last, last);
	};

	for (const r of rows) {
		const s = at(r.src, 'suspect');
		s.packets += Number(r.packets);
		s.protocols.add(r.proto);
		r.rule.split('|').filter((rule) => !isAllowed(r.src, rule))
		    .forEach((rule) => s.rules.add(rule));
		seen(s, Number(r.first), Number(r.last));
	}
	for (const i of found) {
		if (i.dst === '' || !finding(i.rule).victim ||
		    (!i.open && i.newest < from))
			continue;
		const s = at(i.dst, 'victim');
		s.rules.add(i.rule);
		seen(s, i.first, i.newest);
	}
	const level = (rule) => LEVELS.indexOf(levels.get(rule) ?? 'low');
	for (const s of all.values()) {
		s.rules = [...s.rules].sort((a, b) => level(a) - level(b));
		s.severity = LEVELS[level(s.rules[0])];
		s.victim = s.role === 'victim' ? undefined :
		    victimOf(s.address, victims);
	}
	return [...all.values()].filter((s) => s.rules.length > 0).sort(
	    (a, b) => level(a.rules[0]) - level(b.rules[0]) ||
	    (b.role === 'victim') - (a.role === 'victim') ||
	    b.packets - a.packets || (a.key < b.key ? -1 : 1));
}

/* The reasons in words; rules of one kind have one. */
function reason(s) {
	const words = [...new Set(s.rules.map((r) => finding(r).words))];

	return (s.role === 'victim' ? 'victim of: ' : '') + words.join(', ');
}

/* What part of all packets to its victim a source sent, and the victim. */
const shareOf = (v) => v === undefined ? [] :
    [[percent(100 * v.packets / v.all) + ' of', ''],
    addressLink(v.dst)];

const SUSPECTS = { id: 'flagged', title: 'Suspicious addresses',
	caption: 'Suspicious addresses, the most severe first',
	key: (s) => s.key,
	severity: (s) => s.severity,
	columns: [
		{ title: 'Severity', kind: 'severity',
			text: (s) => [s.severity] },
		{ title: 'Address', kind: 'who',
			text: (s) => [addressLink(s.address)] },
		{ title: 'Reason', kind: 'reason', text: reason },
		{ title: 'Packets', kind: 'n', text: (s) => s.packets === 0 ?
		    '' : whole(s.packets) },
		{ title: 'Share of victim\u2019s packets', kind: 'part',
			text: (s) => shareOf(s.victim) },
		{ title: 'Protocols', kind: 'part',
			text: (s) => [...s.protocols].join(', ') },
		{ title: 'First seen', text: (s) => clock(s.first) },
		{ title: 'Last seen', text: (s) => clock(s.last) }
	] };
