/*
 * download.js - the tables of the page as CSV, a file each
 *
 * SPDX-License-Identifier: ISC
 */
'use strict';

/* The files, by the part of a frame that they are made of. */
const FILES = [
	{ name: 'totals', title: 'Totals', part: 'totals' },
	{ name: 'rate', title: 'Rate', part: 'rate' },
	{ name: 'protocols', title: 'Protocols', part: 'protocols' },
	{ name: 'alerts', title: 'Alerts' },
	{ name: 'suspicious', title: 'Suspicious addresses', part: 'sources' },
	{ name: 'sources', title: 'Top sources', part: 'who sources' },
	{ name: 'destinations', title: 'Top destinations',
		part: 'who destinations' },
	{ name: 'conversations', title: 'Conversations',
		part: 'who conversations' },
	{ name: 'services', title: 'Services', part: 'who services' },
	{ name: 'sensors', title: 'Sensors', part: 'who sensors' },
	{ name: 'status', title: 'Sensor status', part: 'who status' }
];

/* The log of alerts as CSV. */
function alertsCSV() {
	return ['time,severity,alert', ...log.map((line) => {
		const [time, ...text] = line.split(' ');
		return time + ',' + (parseAlert(line)?.severity ?? '') + ',"' +
		    text.join(' ').replaceAll('"', '""') + '"';
	})];
}

/* Lets the browser save a text under a name. */
function download(name, type, text) {
	const a = element('a', '', { download: name,
	    href: URL.createObjectURL(new Blob([text], { type: type })) });

	document.body.append(a);
	a.click();
	a.remove();
	setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}

/* Shows the list of files, or hides it. */
function toggleDownloads(open) {
	for (const f of FILES)
		$('download-' + f.name).hidden = f.part !== undefined &&
		    frame?.[f.part] === undefined;
	$('downloads').hidden = !open;
	$('download').setAttribute('aria-expanded', String(open));
}

function startDownloads() {
	$('downloads').append(...FILES.map((f) => {
		const b = element('button', f.title, { type: 'button',
		    id: 'download-' + f.name });

		b.addEventListener('click', () => {
			const lines = f.part === undefined ? alertsCSV() :
			    frame[f.part] ?? [];
			download('pktpipe-' + f.name + '.csv', 'text/csv',
			    lines.map((line) => line + '\n').join(''));
			toggleDownloads(false);
			$('download').focus();
		});
		return b;
	}));
	$('download').addEventListener('click',
	    () => toggleDownloads($('downloads').hidden));
	document.addEventListener('keydown', (event) => {
		if (event.key === 'Escape' && !$('downloads').hidden) {
			toggleDownloads(false);
			$('download').focus();
		}
	});
	document.addEventListener('click', (event) => {
		if (!$('downloads').parentNode.contains(event.target))
			toggleDownloads(false);
	});
}
