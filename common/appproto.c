/*
 * appproto - the protocol that a payload's first bytes show
 *
 * SPDX-License-Identifier: ISC
 */
#include "appproto_rules.h"

/*
 * Protocols that another may take over within a connection: by STARTTLS (RFC
 * 3207, 2595, 4217, 6120), by a proxy's tunnel (RFC 9110, 9.3.6; RFC 1928),
 * by an upgrade (RFC 9110, 7.8).
 */
static enum protocol
taken_over(const struct look *l)
{
	if (is_tls(l))
		return PROTO_TLS;
	switch (l->flow) {
	case PROTO_HTTP:
		return is_http2(l) ? PROTO_HTTP2 : PROTO_NONE;
	case PROTO_SOCKS:
		return is_http(l) ? PROTO_HTTP : PROTO_NONE;
	default:
		return PROTO_NONE;
	}
}

/* A packet of a connection that has shown its protocol. */
static enum protocol
within_tcp(const struct look *l)
{
	switch (l->flow) {
	case PROTO_TLS:
	case PROTO_SSH:
	case PROTO_WEBSOCKET:
	case PROTO_HTTP2:
		return l->flow;
	case PROTO_SMB:
	case PROTO_NBSS:
		return which_nbss(l);
	case PROTO_RDP:
	case PROTO_S7COMM:
	case PROTO_H323:
		return is_tls(l) ? PROTO_TLS : which_tpkt(l);
	default:
		return taken_over(l);
	}
}

static enum protocol
recognise_tcp(const struct look *l)
{
	enum protocol found;

	if (l->flow != PROTO_NONE)
		return within_tcp(l);
	found = ports_which(l);
	return found != PROTO_NONE ? found : anywhere_tcp(l);
}

static enum protocol
recognise_udp(const struct look *l)
{
	enum protocol found;

	switch (l->flow) {
	case PROTO_RTP:
	case PROTO_RTCP:
		return which_media(l);
	case PROTO_QUIC:
	case PROTO_RAKNET:
		return l->flow;
	default:
		break;
	}
	found = ports_which(l);
	if (found == PROTO_NONE)
		found = anywhere_udp(l);
	return found;
}

enum protocol
appproto_recognise(const struct packet *p, enum protocol flow)
{
	struct look l = { p->payload, p->payload_caplen, p->payload_len,
	    p->sport, p->dport, p->protocol == PROTO_TCP, flow };

	if (l.n == 0)
		return PROTO_NONE;
	return l.tcp ? recognise_tcp(&l) : recognise_udp(&l);
}

bool
appproto_lasts(enum protocol transport, enum protocol shown)
{
	if (transport == PROTO_TCP)
		return shown != PROTO_TCP;
	switch (shown) {
	case PROTO_QUIC:
	case PROTO_RAKNET:
	case PROTO_RPC:
	case PROTO_RTP:
	case PROTO_STUN:
	case PROTO_TFTP:
		return true;
	default:
		return false;
	}
}
