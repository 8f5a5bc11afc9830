/*
 * appproto_heuristic - what shows on any port
 *
 * The first byte chooses which rules can hold at all, so that a payload of
 * none costs a branch or two.
 *
 * SPDX-License-Identifier: ISC
 */
#include "decode/appproto_private.h"

static enum protocol
text_tcp(const struct payload *l)
{
	if (is_http(l))
		return PROTO_HTTP;
	if (is_sip(l))
		return PROTO_SIP;
	if (is_vnc_banner(l))
		return PROTO_VNC;
	return PROTO_NONE;
}

static enum protocol
binary_tcp(const struct payload *l)
{
	if (is_tls(l))
		return PROTO_TLS;
	if (is_stun(l) || is_classic_stun(l))
		return PROTO_STUN;
	if (is_rpc(l))
		return PROTO_RPC;
	if (is_dcerpc(l))
		return PROTO_DCERPC;
	if (is_bitcoin(l))
		return PROTO_BITCOIN;
	if (is_tds_prelogin(l))
		return PROTO_TDS;
	return which_tpkt_anywhere(l);
}

enum protocol
heuristic_tcp(const struct payload *l)
{
	if (l->at[0] >= '!' && l->at[0] <= '~')
		return text_tcp(l);
	return binary_tcp(l);
}

enum protocol
heuristic_udp(const struct payload *l)
{
	enum protocol quic;

	if (l->at[0] >= 'A' && l->at[0] <= 'z') {
		if (is_sip(l))
			return PROTO_SIP;
		if (is_bt_dht(l))
			return PROTO_BITTORRENT;
		if (is_mpeg_ts(l))
			return PROTO_RTP;
	}
	quic = which_quic(l);
	if (quic != PROTO_NONE)
		return quic;
	if (is_dtls(l))
		return PROTO_DTLS;
	if (is_wireguard(l))
		return PROTO_WIREGUARD;
	if (is_rpc(l))
		return PROTO_RPC;
	if (is_dcerpc(l))
		return PROTO_DCERPC;
	if (is_rtcp_anywhere(l))
		return PROTO_RTCP;
	if (is_tftp_request(l))
		return PROTO_TFTP;
	if (is_raknet(l))
		return PROTO_RAKNET;
	if (is_classic_stun(l))
		return PROTO_STUN;
	return is_dns_anywhere(l) ? PROTO_DNS : PROTO_NONE;
}
