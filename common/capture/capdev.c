/*
 * capdev - one network interface, captured with libpcap
 *
 * SPDX-License-Identifier: ISC
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if_packet.h>

#include "base/bytes.h"
#include "base/timestamp.h"
#include "base/xalloc.h"
#include "capture/capdev.h"
#include "capture/libpcap.h"
#include "decode/linktype.h"

#define SLL2_INDEX_AT	4	/* of the interface index in the SLL2 header */
#define SLL2_BYTES	20

/* Packets that the interface lost before the kernel saw them. */
static const char *const stat_names[] = {
	"rx_missed_errors", "rx_fifo_errors", NULL
};

/* Writes what a user without the right to capture has to do. */
static void
explain_right(char *why)
{
	char program[256];
	ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);

	if (n < 0)
		n = snprintf(program, sizeof(program), "pcap2csv");
	program[n] = '\0';
	snprintf(why, CAPDEV_ERRBUF_SIZE, "no permission to capture: run as "
	    "root, or give the program the right, once and as root: "
	    "setcap cap_net_raw=ep %s", program);
}

/* Writes the result of the activation to why; false: it failed. */
static bool
explain_activation(pcap_t *p, int result, char *why)
{
	const char *text = libpcap.statustostr(result);
	const char *more = libpcap.geterr(p);

	*why = '\0';
	if (result == 0)
		return true;
	if (result == PCAP_ERROR_PERM_DENIED ||
	    result == PCAP_ERROR_PROMISC_PERM_DENIED)
		explain_right(why);
	else if (result == PCAP_ERROR_NO_SUCH_DEVICE)
		snprintf(why, CAPDEV_ERRBUF_SIZE, "no such interface, want "
		    "one of pcap2csv --list-interfaces");
	else if (result == PCAP_ERROR_IFACE_NOT_UP)
		snprintf(why, CAPDEV_ERRBUF_SIZE, "the interface is down");
	else if (result == PCAP_ERROR || result == PCAP_WARNING)
		snprintf(why, CAPDEV_ERRBUF_SIZE, "%s", more);
	else
		snprintf(why, CAPDEV_ERRBUF_SIZE, "%s", text);
	return result > 0;
}

static bool
set_filter(pcap_t *p, const char *filter)
{
	struct bpf_program code;
	bool set;

	if (filter == NULL)
		return true;
	if (libpcap.compile(p, &code, filter, 1, PCAP_NETMASK_UNKNOWN) != 0)
		return false;
	set = libpcap.setfilter(p, &code) == 0;
	libpcap.freecode(&code);
	return set;
}

/* Reads a counter again; false if it no longer exists. */
static bool
read_stat(int fd, uint32_t *value)
{
	char text[32];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return false;
	text[n] = '\0';
	*value = (uint32_t)strtoull(text, NULL, 10);
	return true;
}

/* Opens the counters that the system has for an interface. */
static void
open_stats(struct capdev *d, const char *name)
{
	struct capdev_stat stat;
	char path[128];
	size_t i;

	for (i = 0; stat_names[i] != NULL; i++) {
		snprintf(path, sizeof(path), "/sys/class/net/%s/statistics/%s",
		    name, stat_names[i]);
		stat.fd = open(path, O_RDONLY | O_CLOEXEC);
		if (stat.fd == -1)
			continue;
		if (!read_stat(stat.fd, &stat.last)) {
			close(stat.fd);
			continue;
		}
		d->stats = xreallocarray(d->stats, d->stat_count + 1,
		    sizeof(d->stats[0]));
		d->stats[d->stat_count++] = stat;
		d->counts.iface_known = true;
	}
}

/* The same for "any": the counters of all current interfaces. */
static void
open_all_stats(struct capdev *d)
{
	struct if_nameindex *all = if_nameindex(), *i;

	for (i = all; i != NULL && i->if_index != 0; i++)
		open_stats(d, i->if_name);
	if (all != NULL)
		if_freenameindex(all);
}

/* A capture that is not active yet; NULL, and why. */
static pcap_t *
create(const char *name, char *why)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	const char *missing = libpcap_load();
	pcap_t *p = missing == NULL ? libpcap.create(name, text) : NULL;

	if (p == NULL)
		snprintf(why, CAPDEV_ERRBUF_SIZE, "%s",
		    missing != NULL ? missing : text);
	return p;
}

bool
capdev_open(struct capdev *d, const char *name,
    const struct capdev_settings *settings, char *why)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	pcap_t *p = create(name, why);

	*d = (struct capdev){ .name = name, .pcap = p, .fd = -1 };
	if (p == NULL)
		return false;
	libpcap.set_snaplen(p, settings->snaplen);
	libpcap.set_promisc(p, settings->promiscuous);
	libpcap.set_timeout(p, CAPDEV_BLOCK_MS);
	libpcap.set_immediate_mode(p, settings->immediate);
	libpcap.set_buffer_size(p, settings->buffer_kib * 1024);
	libpcap.set_tstamp_precision(p, PCAP_TSTAMP_PRECISION_NANO);
	if (!explain_activation(p, libpcap.activate(p), why)) {
		libpcap.close(p);
		return false;
	}
	/* Only this header has the index of the interface after "any". */
	if (strcmp(name, "any") == 0 &&
	    libpcap.set_datalink(p, DLT_LINUX_SLL2) == 0)
		d->names = xcalloc(CAPDEV_NAMES, sizeof(d->names[0]));
	if (libpcap.setnonblock(p, 1, text) != 0 ||
	    !set_filter(p, settings->filter)) {
		snprintf(why, CAPDEV_ERRBUF_SIZE, "%s",
		    *text != '\0' ? text : libpcap.geterr(p));
		libpcap.close(p);
		free(d->names);
		return false;
	}
	d->fd = libpcap.get_selectable_fd(p);
	d->linktype = libpcap.datalink(p) == DLT_RAW ? LINKTYPE_RAW :
	    (uint32_t)libpcap.datalink(p);
	if (d->names != NULL)
		open_all_stats(d);
	else
		open_stats(d, name);
	return true;
}

void
capdev_close(struct capdev *d)
{
	size_t i;

	libpcap.close(d->pcap);
	for (i = 0; i < d->stat_count; i++)
		close(d->stats[i].fd);
	free(d->stats);
	free(d->names);
}

/* The interface through which a packet of "any" came; "" if gone. */
static const char *
name_of_packet(struct capdev *d, const uint8_t *data, uint32_t caplen)
{
	const uint8_t *p = data + SLL2_INDEX_AT;
	struct capdev_name *slot;
	struct ifreq request = { .ifr_ifindex = 0 };
	uint32_t index;

	if (caplen < SLL2_BYTES)
		return "";
	index = be32(p);
	slot = &d->names[index % CAPDEV_NAMES];
	if (slot->index == index)
		return slot->name;
	request.ifr_ifindex = (int)index;
	if (ioctl(d->fd, SIOCGIFNAME, &request) == -1)
		return "";
	slot->index = index;
	memcpy(slot->name, request.ifr_name, sizeof(slot->name));
	return slot->name;
}

/* If the interface is down, libpcap waits for it to come up again. */
static bool
is_down(struct capdev *d)
{
	struct ifreq request;

	if (d->names != NULL)
		return false;
	memset(&request, 0, sizeof(request));
	strncpy(request.ifr_name, d->name, sizeof(request.ifr_name) - 1);
	return ioctl(d->fd, SIOCGIFFLAGS, &request) == 0 &&
	    (request.ifr_flags & IFF_UP) == 0;
}

enum capdev_result
capdev_next(struct capdev *d, struct captured *k)
{
	struct pcap_pkthdr *header;
	const u_char *data;
	int n = libpcap.next_ex(d->pcap, &header, &data);

	if (n != 1) {
		if (n == 0 && !is_down(d))
			return CAPDEV_EMPTY;
		d->why = n == 0 ? "the interface went down" :
		    libpcap.geterr(d->pcap);
		return CAPDEV_LOST;
	}
	k->time_ns = header->ts.tv_sec * NS_PER_S + header->ts.tv_usec;
	k->timed = true;
	k->out_of_range = false;
	k->data = data;
	k->caplen = header->caplen;
	k->len = header->len;
	k->linktype = d->linktype;
	k->iface = d->names == NULL ? d->name :
	    name_of_packet(d, data, header->caplen);
	return CAPDEV_PACKET;
}

const char *
capdev_why(const struct capdev *d)
{
	return d->why;
}

/* Reading the kernel's count resets it. */
void
capdev_count(struct capdev *d)
{
	struct tpacket_stats_v3 kernel;
	socklen_t size = sizeof(kernel);
	struct capdev_stat *stat;
	uint32_t now;
	size_t i;

	if (getsockopt(d->fd, SOL_PACKET, PACKET_STATISTICS, &kernel,
	    &size) == 0)
		d->counts.kernel_drops += kernel.tp_drops;
	for (i = 0; i < d->stat_count; i++) {
		stat = &d->stats[i];
		if (!read_stat(stat->fd, &now))
			continue;
		d->counts.iface_drops += (uint32_t)(now - stat->last);
		stat->last = now;
	}
}

const char *
capdev_list(void (*each)(const char *name, const char *state,
    const char *about))
{
	static char why[PCAP_ERRBUF_SIZE];
	const char *missing = libpcap_load();
	pcap_if_t *all, *i;

	if (missing != NULL)
		return missing;
	if (libpcap.findalldevs(&all, why) != 0)
		return why;
	for (i = all; i != NULL; i = i->next)
		each(i->name, i->flags & PCAP_IF_UP ? "up" : "down",
		    i->description != NULL ? i->description : "");
	libpcap.freealldevs(all);
	return NULL;
}
