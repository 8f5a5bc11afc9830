/*
 * appproto - the protocol that a payload's first bytes show
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

/*
 * Protocols that TLS may take over within a connection: by STARTTLS (RFC 2595,
 * 2830, 3207, 4217, 4642, 6120), a database's own request for it, or a proxy's
 * tunnel (RFC 9110, 9.3.6; RFC 1928).
 */
static bool
may_start_tls(enum protocol flow)
{
	switch (flow) {
	case PROTO_FTP:
	case PROTO_HTTP:
	case PROTO_IMAP:
	case PROTO_IRC:
	case PROTO_LDAP:
	case PROTO_MYSQL:
	case PROTO_NNTP:
	case PROTO_PGSQL:
	case PROTO_POP:
	case PROTO_SMTP:
	case PROTO_SOCKS:
	case PROTO_XMPP:
		return true;
	default:
		return false;
	}
}

static enum protocol
taken_over(const struct payload *l)
{
	if (may_start_tls(l->flow) && is_tls(l))
		return PROTO_TLS;
	if (l->flow == PROTO_HTTP && which_http(l) == PROTO_HTTP2)
		return PROTO_HTTP2;
	if (l->flow == PROTO_HTTP && is_websocket_reply(l) &&
	    has_body(l))
		return PROTO_WEBSOCKET;
	if (l->flow == PROTO_SOCKS && is_http(l))
		return PROTO_HTTP;
	if ((l->flow == PROTO_HTTP || l->flow == PROTO_SOCKS) &&
	    is_ssh_banner(l))
		return PROTO_SSH;
	return PROTO_NONE;
}

/* Media among RTSP's lines: '$', a channel, a length (RFC 2326, 10.12). */
static enum protocol
which_interleaved(const struct payload *l)
{
	struct payload media = *l;

	if (l->n <= 4 || l->at[0] != '$')
		return PROTO_NONE;
	media.at += 4;
	media.n -= 4;
	media.len -= 4;
	return which_media(&media);
}

/* A packet of a connection that has shown its protocol. */
static enum protocol
within_tcp(const struct payload *l)
{
	switch (l->flow) {
	case PROTO_SMB:
	case PROTO_NBSS:
		return which_nbss(l);
	case PROTO_RDP:
	case PROTO_S7COMM:
	case PROTO_H323:
		return which_tpkt(l);
	case PROTO_RTSP:
		return which_interleaved(l);
	case PROTO_SIP:
		return is_sip_alive(l) ? PROTO_TCP : PROTO_NONE;
	case PROTO_TLS:
		/* What an alert has closed goes on in the clear. */
		return may_be_encrypted(l) ? PROTO_NONE : ports_which(l);
	default:
		return taken_over(l);
	}
}

static enum protocol
recognise_tcp(const struct payload *l, bool *proven)
{
	enum protocol found;

	if (!*proven && (found = proof_tcp(l)) != PROTO_NONE) {
		*proven = true;
		return found;
	}
	if (l->flow != PROTO_NONE)
		return within_tcp(l);
	found = ports_which(l);
	/*
	 * SMB's own magic comes after the session service, ISO transport after
	 * TPKT.  RDP agrees there on the TLS that all of it is in (MS-RDPBCGR,
	 * 5.4), which counts as RDP.
	 */
	*proven = found == PROTO_SMB || found == PROTO_RDP;
	return found != PROTO_NONE ? found : heuristic_tcp(l);
}

static enum protocol
recognise_udp(const struct payload *l, bool *proven)
{
	enum protocol found = PROTO_NONE;

	if (l->flow == PROTO_RTP || l->flow == PROTO_RTCP)
		found = which_media(l);
	if (found == PROTO_NONE)
		found = proof_udp(l);
	if (found == PROTO_NONE && (found = ports_which(l)) != PROTO_NONE)
		return found;
	if (found == PROTO_NONE)
		found = heuristic_udp(l);
	*proven |= found != PROTO_NONE;
	/* What follows STUN is media that nothing announced, or a channel. */
	if (found == PROTO_NONE && l->flow == PROTO_STUN &&
	    (found = which_stun(l)) == PROTO_NONE)
		return PROTO_UDP;
	return found;
}

static void
payload_of(struct payload *l, const struct packet *p)
{
	l->at = p->payload;
	l->n = p->payload_caplen;
	l->len = p->payload_len;
	l->sport = p->sport;
	l->dport = p->dport;
	l->server = 0;
	l->tcp = p->protocol == PROTO_TCP;
	l->flow = PROTO_NONE;
}

/* Whether every later packet of one that is proven is of the same protocol. */
static inline bool
is_settled(bool tcp, enum protocol flow)
{
	switch (flow) {
	case PROTO_TLS:
	case PROTO_SSH:
	case PROTO_WEBSOCKET:
	case PROTO_HTTP2:
		return tcp;
	case PROTO_QUIC:
	case PROTO_RAKNET:
	case PROTO_TFTP:
		return !tcp;
	default:
		return false;
	}
}

/*
 * A TLS alert alone, as the one that closes TLS is (RFC 8446, 6.1).  The
 * connection may go on without TLS, as FTP's does (RFC 4217, 12.3).
 */
static bool
is_alert(const struct packet *p)
{
	return p->payload[0] == 21 && p->payload_caplen >= 5 &&
	    p->payload[1] == 3 && be16(p->payload + 3) + 5 == p->payload_len;
}

enum protocol
appproto_recognise(const struct packet *p, const struct appproto_flow *flow,
    bool *proven)
{
	struct payload l;

	*proven = flow->proven;
	if (p->payload_caplen == 0)
		return PROTO_NONE;
	if (*proven && is_settled(p->protocol == PROTO_TCP, flow->protocol)) {
		*proven = flow->protocol != PROTO_TLS || !is_alert(p);
		return flow->protocol;
	}
	payload_of(&l, p);
	l.flow = flow->protocol;
	l.server = flow->server;
	return l.tcp ? recognise_tcp(&l, proven) : recognise_udp(&l, proven);
}

enum protocol
appproto_next(const struct packet *p, enum protocol flow,
    enum protocol shown)
{
	struct payload l;

	/* Checks and keys are among the media (RFC 5764, 5.1.2). */
	if (flow == PROTO_RTP || flow == PROTO_RTCP)
		return flow;
	if (flow == PROTO_RTSP && (shown == PROTO_RTP || shown == PROTO_RTCP))
		return flow;
	if (shown != PROTO_HTTP && shown != PROTO_DTLS)
		return shown;
	payload_of(&l, p);
	if (shown == PROTO_DTLS)
		return is_srtp_hello(&l) ? PROTO_RTP : shown;
	return is_websocket_reply(&l) ? PROTO_WEBSOCKET : shown;
}

bool
appproto_lasts(enum protocol transport, enum protocol shown, bool proven)
{
	if (transport == PROTO_TCP)
		return shown != PROTO_TCP;
	switch (shown) {
	case PROTO_QUIC:
		return proven;		/* by a long header */
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
