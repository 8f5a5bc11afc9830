/*
 * detect_talk - the rules that count a row for what it is in its conversation
 *
 * SPDX-License-Identifier: ISC
 */
#include "detect/detect_private.h"

/* Odd constants with random bits: of the square roots of 3 and 5, and of e. */
#define MIX_A		0xbb67ae8584caa73bu
#define MIX_B		0x3c6ef372fe94f82bu
#define MIX_C		0xadf85458a2bb4a9bu

/* Of neighbour discovery, apart from pings and errors of ICMPv6. */
#define DISCOVERY	(1U << 16)

#define PORTS		(1U << RULES_COLUMN_SPORT | 1U << RULES_COLUMN_DPORT)

static bool
is_tcp(const struct detect_row *row)
{
	return row->present >> RULES_COLUMN_FLAGS & 1;
}

static bool
has_ports(const struct detect_row *row)
{
	return (row->present & PORTS) == PORTS;
}

static bool
is_icmpv6(const struct detect *d, const struct detect_row *row)
{
	return d->protocol[row->proto].known == PROTO_ICMPV6;
}

/*
 * Whether a row is of neighbour discovery (RFC 4861), which both sides begin,
 * whoever pings the other.  Without the type, its solicitations and
 * advertisements are told by their length on Ethernet, with tags or not, and in
 * cooked captures: 64 or 72 bytes of IPv6.
 */
static bool
is_discovery(const struct detect *d, const struct detect_row *row)
{
	unsigned type = row->number[RULES_COLUMN_ICMP];

	if (!is_icmpv6(d, row))
		return false;
	if (row->present >> RULES_COLUMN_ICMP & 1)
		return type >= 133 && type <= 137;
	return row->packets == 1 && row->bytes >= 64 + 14 &&
	    row->bytes <= 72 + 20;
}

/* Whether a row is an echo request, if it has a type. */
static bool
is_question(const struct detect *d, const struct detect_row *row)
{
	return row->present >> RULES_COLUMN_ICMP & 1 &&
	    row->number[RULES_COLUMN_ICMP] == (is_icmpv6(d, row) ? 128 :
	    d->protocol[row->proto].known == PROTO_ICMP ? 8 : UINT16_MAX);
}

/* The hash of the row's conversation of a kind, and which side sent the row. */
static uint64_t
hash_talk(const struct detect_row *row, bool ports, unsigned kind, bool *side)
{
	uint64_t from = row->src.hash, to = row->dst.hash, h;

	if (ports) {
		from ^= row->number[RULES_COLUMN_SPORT] * MIX_C;
		to ^= row->number[RULES_COLUMN_DPORT] * MIX_C;
	}
	from *= MIX_A;
	to *= MIX_A;
	*side = from < to;
	h = ((from ^ from >> 32) + (to ^ to >> 32) + kind) * MIX_B;
	return h ^ h >> 32;
}

/*
 * A new conversation also opens one of ICMP, for the errors that come back are
 * no more than replies.
 */
static void
expect_errors(struct detect *d, const struct detect_row *row)
{
	unsigned icmp = row->src.ip.family == 4 ? PROTO_ICMP : PROTO_ICMPV6;
	uint64_t hash;
	bool side;

	if ((unsigned)d->protocol[row->proto].known == icmp)
		return;
	hash = hash_talk(row, false, icmp, &side);
	talks_see(&d->talks, hash, side, TALKS_OTHER, row->time_ns);
}

/* The hash of a port of a host, at which another host is served. */
static uint64_t
hash_service(uint64_t host, uint64_t client, unsigned port)
{
	uint64_t h = (host ^ port * MIX_C) * MIX_A;

	h = (h ^ h >> 32 ^ client) * MIX_B;
	return h ^ h >> 32;
}

void
detect_talk_agree(struct detect *d, const struct detect_row *row)
{
	if (is_tcp(row) && has_ports(row) &&
	    (row->number[RULES_COLUMN_FLAGS] & TCP_RST) == 0)
		talks_see(&d->talks, hash_service(row->src.hash,
		    row->dst.hash, row->number[RULES_COLUMN_SPORT]), false,
		    TALKS_TCP, row->time_ns);
}

bool
detect_talk_agreed(const struct detect *d, const struct detect_row *row)
{
	return talks_known(&d->talks, hash_service(row->dst.hash,
	    row->src.hash, row->number[RULES_COLUMN_DPORT]), row->time_ns);
}

void
detect_talk_fetch(const struct detect *d, struct detect_pending *p)
{
	const struct detect_row *row = &p->row;
	bool ports = has_ports(row);
	/* Of protocols without ports, each has its own conversations. */
	unsigned kind = is_tcp(row) ? PROTO_TCP : ports ? PROTO_UDP :
	    is_discovery(d, row) ? DISCOVERY :
	    (unsigned)d->protocol[row->proto].known;

	p->talk_hash = hash_talk(row, ports, kind, &p->talk_side);
	talks_fetch(&d->talks, p->talk_hash);
}

/*
 * Whether a row is one of those that rules with refused= count.  Inline, it
 * would cost each row an instruction.
 */
static __attribute__((noinline)) bool
is_refused(struct detect *d, const struct detect_pending *p, unsigned talk)
{
	const struct detect_row *row = &p->row;
	uint64_t hash = p->talk_hash;

	return row->number[RULES_COLUMN_FLAGS] & TCP_PSH && row->packets == 1 &&
	    turns_see(&d->turns, hash, !turns_has(&d->turns, hash) &&
	    talks_opened(&d->talks, hash), (talk & TALK_REPLY) != 0,
	    row->bytes);
}

unsigned
detect_talk(struct detect *d, const struct detect_pending *p)
{
	const struct detect_row *row = &p->row;
	int flags = row->number[RULES_COLUMN_FLAGS] & ~TCPFLAGS_CONGESTION;
	bool tcp = is_tcp(row);
	unsigned talk;

	if (row->src.ip.family == 0 || row->dst.ip.family == 0)
		return TALK_NEW;
	talk = talks_see(&d->talks, p->talk_hash, p->talk_side,
	    tcp ? flags == TCP_SYN ? TALKS_SYN : TALKS_TCP :
	    is_question(d, row) ? TALKS_QUESTION : TALKS_OTHER,
	    row->time_ns);
	if (talk & TALK_NEW)
		expect_errors(d, row);
	if (d->protocol[row->proto].turns && is_refused(d, p, talk))
		talk |= TALK_REFUSED;
	return talk;
}

/*
 * Whether a rule counts first rows alone; so are those that wait, but a SYN
 * for a rule that knows it by its flags.
 */
static bool
wants_first(const struct rule *r)
{
	return r->talk & RULES_NEW || (r->talk & RULES_UNANSWERED &&
	    (r->flags == 0 || rules_is_midway(r)));
}

void
detect_talk_init(struct detect *d)
{
	unsigned talk;
	size_t i;

	for (i = 0; i < d->rules->count; i++) {
		const struct rule *r = &d->rules->rule[i];
		ruleset bit = ruleset_of(i);

		if (r->talk & (RULES_TALKS | RULES_ONCE | RULES_UNSERVED) ||
		    wants_first(r))
			d->talking |= bit;
		for (talk = 0; talk < TALK_KINDS; talk++)
			if ((!(r->talk & RULES_UNASKED) ||
			    !(talk & TALK_REPLY)) &&
			    (!(r->talk & RULES_ASKED) ||
			    talk & TALK_REPLY) &&
			    (!wants_first(r) || talk & TALK_NEW) &&
			    (!(r->talk & RULES_LATER) ||
			    !(talk & TALK_NEW)) &&
			    (!(r->talk & RULES_ONEWAY) ||
			    !(talk & (TALK_REPLY | TALK_HEARD))) &&
			    (!(r->talk & RULES_REFUSED) ||
			    talk & TALK_REFUSED))
				d->talk_rules[talk] |= bit;
		if (r->talk & RULES_REFUSED)
			d->refused |= bit;
	}
	if (ruleset_any(d->refused))
		turns_init(&d->turns);
	if (ruleset_any(d->talking))
		talks_init(&d->talks);
}
