/*
 * capdev - one network interface, captured with libpcap
 *
 * Everything that the capture needs is opened at the start.  A confined program
 * (see confine) then reads the kernel's counters and the names of interfaces
 * through open descriptors.
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

/* The longest time for which the kernel holds packets, to save wake-ups. */
#define CAPDEV_BLOCK_MS	100

struct capdev_settings {
	const char	*filter;	/* pcap-filter(7), NULL: all packets */
	int		 snaplen;	/* bytes captured of a packet */
	int		 buffer_kib;	/* of the kernel's ring */
	bool		 promiscuous;
	bool		 immediate;	/* no packet waits for others */
};

/* Counts since the start, which do not wrap. */
struct capdev_counts {
	uint64_t	 captured;	/* counted by the caller */
	uint64_t	 kernel_drops;	/* the ring was full */
	uint64_t	 iface_drops;	/* lost before the kernel */
	bool		 iface_known;	/* iface_drops is known */
};

/* An entry of the cache of interface names, for "any". */
struct capdev_name {
	uint32_t	 index;		/* 0: none */
	char		 name[IF_NAMESIZE];
};

#define CAPDEV_NAMES	256

/* A counter of the system: the low 32 bits, because some wrap there. */
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
	CAPDEV_PACKET,		/* the next packet was taken */
	CAPDEV_EMPTY,		/* no packet is waiting */
	CAPDEV_LOST		/* the interface is down or gone */
};

/*
 * Opens the interface, or all of them if the name is "any".  On failure returns
 * false and writes the reason and the remedy to why, of CAPDEV_ERRBUF_SIZE
 * bytes.  On success why is a warning, or "" if there is none.
 */
bool	 capdev_open(struct capdev *, const char *name,
	    const struct capdev_settings *, char *why);
void	 capdev_close(struct capdev *);

/*
 * Takes the next packet out of the ring, without waiting.  Its pointers are
 * valid until the next call.  CAPDEV_LOST, whose reason capdev_why returns, can
 * be followed by packets that the kernel held back, for CAPDEV_BLOCK_MS.
 */
enum capdev_result capdev_next(struct capdev *, struct captured *);
const char	*capdev_why(const struct capdev *);

/*
 * Updates d->counts.  The kernel's counters have 32 bits: call it about every
 * minute.
 */
void	 capdev_count(struct capdev *);

/*
 * Calls each for every interface from which packets can be captured, with its
 * name, its state ("up", "down") and libpcap's description ("" if none).
 * Returns NULL, or the reason of a failure as a static string.
 */
const char	*capdev_list(void (*each)(const char *name,
		    const char *state, const char *about));

#endif
