/*
 * sensors.js - how far the copies of each sensor are, by pktpipe-collect
 *
 * The part "who status" is its status.csv, with the age of that file in seconds
 * as the note.
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

const OLD_STATUS_S = 30;	/* pktpipe-collect writes it each second */

/* What is wrong with a sensor, or "live". */
function stateOf(r) {
	const clock = Number(r.clock ?? 0);

	return r.state === 'down' ? 'no connection' :
	    r.state !== 'live' ? r.state :
	    clock !== 0 ? 'clock ' + span(Math.abs(clock)) +
	    (clock > 0 ? ' ahead' : ' behind') :
	    Number(r.behind_bytes) > 0 ? 'catching up' :
	    r.age === '' || Number(r.age) > SILENCE_S ? 'silent' : 'live';
}

const COPIES = { id: 'copies', title: 'Sensor status',
	caption: 'The copies of each sensor', key: (r) => r.sensor,
	severity: (r) => stateOf(r) === 'live' ? 'low' : 'medium',
	columns: [
		{ title: 'Sensor', kind: 'who',
			text: (r) => [[r.sensor, whereSensor(r.sensor)]] },
		{ title: 'State', kind: 'severity',
			text: (r) => [stateOf(r)] },
		{ title: 'Newest packet', kind: 'n',
			text: (r) => r.age === '' ? 'none' : r.age < 0 ?
			    'in the future' : span(Number(r.age)) + ' ago' },
		{ title: 'To be copied', kind: 'n',
			text: (r) => bytes(Number(r.behind_bytes)) },
		{ title: 'Missed', kind: 'n',
			text: (r) => bytes(Number(r.missing_bytes)) },
		{ title: 'Disk space', kind: 'n',
			text: (r) => (r.disk_bytes ?? '') === '' ? '' :
			    bytes(Number(r.disk_bytes)) }
	] };

/* The state of the sensors now, which a span of the past has not. */
function showCopies(f) {
	const old = Number(f['who status']?.note ?? 0);
	const rows = rowsOf(f, 'who status').map((r) => ({ ...r,
	    age: r.age === '' ? '' : String(Number(r.age) + old) }));
	const live = rows.filter((r) => stateOf(r) === 'live').length;

	$('copies-title').parentNode.hidden = rows.length === 0 || isPast();
	write('copies-note', old > OLD_STATUS_S ? 'As of ' + span(old) +
	    ' ago: pktpipe-collect does not run.' :
	    'Live: ' + live + ' of ' + rows.length + '.');
	fillTable(COPIES, rows);
}
