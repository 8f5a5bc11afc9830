/*
 * capdev - one network interface, captured with libpcap
 *
 * All that the capture needs later is opened first: the kernel's counters and
 * the names of interfaces are then read through descriptors that are open,
 * so that a confined program can (see confine).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CAPDEV_H
#define CAPDEV_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <pcap/pcap.h>

#include "capture/capfile.h"

#define CAPDEV_ERRBUF_SIZE	512	/* bytes of a message */

/* The time after which the kernel hands over what it has, at most. */
#define CAPDEV_BLOCK_MS	100

struct capdev_settings {
	const char	*filter;	/* pcap-filter(7), NULL: all packets */
	int		 snaplen;	/* bytes kept of a packet */
	int		 buffer_kib;	/* of the kernel's ring */
	bool		 promiscuous;
};

/* Each counts up from the start and does not wrap. */
struct capdev_counts {
	uint64_t	 captured;	/* the caller's to count */
	uint64_t	 kernel_drops;	/* the ring was full */
	uint64_t	 iface_drops;	/* lost before the kernel */
	bool		 iface_known;	/* iface_drops is known */
};

/* A slot of the names of the interfaces behind "any". */
struct capdev_name {
	uint32_t	 index;		/* 0: none */
	char		 name[IF_NAMESIZE];
};

#define CAPDEV_NAMES	256

/* A counter of the system; its low 32 bits, as some wrap there. */
struct capdev_stat {
	int		 fd;
	uint32_t	 last;
};

struct capdev {
	const char	*name;		/* borrowed */
	int		 fd;		/* to poll for POLLIN */
	uint32_t	 linktype;	/* LINKTYPE_ value */
	struct capdev_counts counts;	/* see capdev_count */

	/* The rest is the module's own. */
	pcap_t		*pcap;
	const char	*why;
	struct capdev_name *names;	/* NULL: not "any" */
	struct capdev_stat *stats;
	size_t		 stat_count;
};

enum capdev_result {
	CAPDEV_PACKET,		/* *packet is the next one */
	CAPDEV_EMPTY,		/* there is none now */
	CAPDEV_LOST		/* the interface is down or gone */
};

/*
 * Opens the interface, or "any" for all of them.  On failure returns false
 * and writes to why, of CAPDEV_ERRBUF_SIZE bytes, what is missing and how to
 * mend it; on success why may hold a warning, "" if there is none.
 */
bool	 capdev_open(struct capdev *, const char *name,
	    const struct capdev_settings *, char *why);
void	 capdev_close(struct capdev *);

/*
 * Takes the next packet out of the ring, without waiting.  Its pointers are
 * good until the next call.  After CAPDEV_LOST, for which why says more, what
 * the kernel still held may follow: see CAPDEV_BLOCK_MS.
 */
enum capdev_result capdev_next(struct capdev *, struct captured *);
const char	*capdev_why(const struct capdev *);

/*
 * Brings d->counts up to date.  The kernel's own are of 32 bits: call it
 * every minute or so.
 */
void	 capdev_count(struct capdev *);

/*
 * Calls each with the name of every interface that may be captured, its
 * state ("up", "down") and what libpcap says of it ("" if nothing).  Returns
 * NULL, or what went wrong in a static string.
 */
const char	*capdev_list(void (*each)(const char *name,
		    const char *state, const char *about));

#endif
