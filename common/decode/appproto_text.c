/*
 * appproto_text - protocols that speak in lines of words
 *
 * SPDX-License-Identifier: ISC
 */
#include <strings.h>

#include "decode/appproto_private.h"

/* The first line's length without CR and LF; -1 if no LF was captured. */
static int
line_length(const struct payload *l)
{
	const uint8_t *lf = memchr(l->at, '\n', l->n);
	int n;

	if (lf == NULL)
		return -1;
	n = (int)(lf - l->at);
	return n > 0 && l->at[n - 1] == '\r' ? n - 1 : n;
}

static bool
is_letter(uint8_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

/* Lines of words: no byte of the first 8 is a control character. */
bool
is_text(const struct payload *l)
{
	return !may_be_encrypted(l);
}

/*
 * Whether text stands at p, of which n bytes are there; case is ignored.  The
 * first byte nearly always decides, which spares calls: 1 % of pcap2csv's
 * instructions on the packets of the bench (callgrind).
 */
static inline bool
text_at(const uint8_t *p, size_t n, const char *text)
{
	size_t len = strlen(text);

	return n >= len && ((p[0] ^ (uint8_t)text[0]) & 0xdf) == 0 &&
	    strncasecmp((const char *)p, text, len) == 0;
}

/*
 * A status line starts with the version, a request line ends with it, on any
 * port (RFC 9112, 3 and 4).
 */
bool
is_http(const struct payload *l)
{
	int n;

	if (l->n < 9 || l->at[0] < '!' || l->at[0] > '~')
		return false;
	if (text_at(l->at, l->n, "HTTP/1."))
		return line_length(l) > 8;
	n = line_length(l);
	return n > 8 && text_at(l->at + n - 8, 8, "HTTP/1.");
}

/* The version that ends a request line of n bytes or starts a status line. */
static enum protocol
version_at(const uint8_t *p, size_t n)
{
	if (n >= 8 && memcmp(p, "HTTP/1.", 7) == 0)
		return PROTO_HTTP;
	if (n >= 7 && memcmp(p, "SIP/2.0", 7) == 0)
		return PROTO_SIP;
	if (n >= 8 && (memcmp(p, "RTSP/1.0", 8) == 0 ||
	    memcmp(p, "RTSP/2.0", 8) == 0))
		return PROTO_RTSP;
	return PROTO_NONE;
}

/*
 * A whole first line that is HTTP's (RFC 9112, 3 and 4), SIP's (RFC 3261, 7)
 * or RTSP's (RFC 2326, 6 and 7): a method in capitals, a target, a version;
 * or a version and a status of three digits.  Or HTTP/2's preface (RFC 9113,
 * 3.4), which is such a line by design.
 */
enum protocol
which_line(const struct payload *l)
{
	const uint8_t *p = l->at, *blank, *last;
	enum protocol found;
	int n;

	if (STARTS(l, "PRI * HTTP/2.0\r\n"))
		return PROTO_HTTP2;
	n = line_length(l);
	if (n < 11 || (blank = memchr(p, ' ', n < 24 ? (size_t)n : 24)) == NULL)
		return PROTO_NONE;
	found = version_at(p, (size_t)(blank - p));
	if (found != PROTO_NONE)
		return p + n - blank > 3 && is_digit(blank[1]) &&
		    is_digit(blank[2]) && is_digit(blank[3]) ? found :
		    PROTO_NONE;
	for (last = p; last < blank; last++)
		if ((*last < 'A' || *last > 'Z') && *last != '-' &&
		    *last != '_')
			return PROTO_NONE;
	last = memrchr(p, ' ', (size_t)n);
	if (last <= blank + 1)
		return PROTO_NONE;
	return version_at(last + 1, (size_t)(p + n - last - 1));
}

/*
 * On HTTP's own ports: its lines, a request line of which the end is not here
 * yet, or the preface of version 2 (RFC 9113, 3.4).  What is none of these
 * waits for the end of a header that never comes, and counts as TCP.
 */
enum protocol
which_http(const struct payload *l)
{
	static const char *const methods[] = { "GET ", "POST ", "HEAD ",
	    "PUT ", "DELETE ", "OPTIONS ", "CONNECT ", "PATCH ", "TRACE ",
	    "PROPFIND ", "SUBSCRIBE ", "NOTIFY ", "M-SEARCH ", "REPORT ",
	    "HTTP/", "ICY " };
	size_t i;

	if (STARTS(l, "PRI * HTTP/2.0\r\n"))
		return PROTO_HTTP2;
	if (is_http(l))
		return PROTO_HTTP;
	for (i = 0; i < sizeof methods / sizeof methods[0]; i++)
		if (has_at(l, 0, methods[i], strlen(methods[i])))
			return PROTO_HTTP;
	return PROTO_TCP;
}

/* SSDP's requests and replies are HTTP's (UPnP Device Architecture, 1.1). */
bool
is_ssdp(const struct payload *l)
{
	return which_http(l) == PROTO_HTTP;
}

/* Whether the header has this line, whose name and value have no blanks. */
static bool
has_header(const struct payload *l, const char *name, const char *value)
{
	const uint8_t *p = l->at, *end = l->at + l->n, *lf;

	while ((lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		p = lf + 1;
		if (!text_at(p, (size_t)(end - p), name))
			continue;
		p += strlen(name);
		while (p < end && (*p == ' ' || *p == ':'))
			p++;
		if (text_at(p, (size_t)(end - p), value))
			return true;
	}
	return false;
}

/* The server agrees to speak WebSocket from here on (RFC 6455, 4.2.2). */
bool
is_websocket_reply(const struct payload *l)
{
	return STARTS(l, "HTTP/1.1 101") && has_header(l, "Upgrade",
	    "websocket");
}

/* Whether bytes follow the empty line that ends a header. */
bool
has_body(const struct payload *l)
{
	const uint8_t *end = memmem(l->at, l->n, "\r\n\r\n", 4);

	return end != NULL && end + 4 < l->at + l->n;
}

/* A stream is XML (RFC 6120, 4.2); white space keeps it alive (4.6.1). */
bool
is_xmpp(const struct payload *l)
{
	return l->at[0] == '<' || l->at[0] == ' ';
}

/* Its start: the XML declaration, or the stream's element (RFC 6120, 4.2). */
bool
is_xmpp_start(const struct payload *l)
{
	return STARTS(l, "<?xml ") || STARTS(l, "<stream:stream ");
}

/* A line "METHOD URI SIP/2.0". */
static bool
is_sip_request(const struct payload *l)
{
	int n;

	if (l->at[0] < 'A' || l->at[0] > 'z')
		return false;
	n = line_length(l);
	for (; n > 0 && l->at[n - 1] != ' '; n--)
		continue;
	return n > 0 && text_at(l->at + n, l->n - (size_t)n, "SIP/2.0");
}

/*
 * RFC 3261, 7.1, 7.2 and 25.1: a status is three digits, a request has two
 * blanks and no more, and neither line has control characters but tabs.
 */
bool
is_sip(const struct payload *l)
{
	const uint8_t *p = l->at;
	bool status = text_at(p, l->n, "SIP/2.0");
	int line, i, blanks = 0;

	if (!status && !is_sip_request(l))
		return false;
	line = line_length(l);
	if (line < 0)
		line = (int)l->n;
	for (i = 0; i < line; i++) {
		if ((p[i] < ' ' && p[i] != '\t') || p[i] == 0x7f)
			return false;
		blanks += p[i] == ' ';
	}
	if (!status)
		return blanks == 2;
	return line >= 11 && p[7] == ' ' && is_digit(p[8]) &&
	    is_digit(p[9]) && is_digit(p[10]);
}

/* The empty lines that keep a connection alive (RFC 5626, 4.4.1). */
bool
is_sip_alive(const struct payload *l)
{
	return l->len <= 4 && l->at[0] == '\r';
}

bool
is_sip_text(const struct payload *l)
{
	return is_text(l) && !is_sip_alive(l);
}

/* Over TCP empty lines may come first (RFC 3261, 7.5), if not alone. */
bool
is_sip_start(const struct payload *l)
{
	return is_sip(l) || (!is_sip_alive(l) && STARTS(l, "\r\n"));
}

/* A line's length in four hexadecimal digits (gitprotocol-common). */
bool
is_git_start(const struct payload *l)
{
	uint32_t i;

	for (i = 0; i < 4 && i < l->n; i++)
		if (!is_digit(l->at[i]) && ((l->at[i] | 0x20) < 'a' ||
		    (l->at[i] | 0x20) > 'f'))
			return false;
	return i == 4;
}

/* A verb of four letters, or a response code of three digits (RFC 3435, 3). */
bool
is_mgcp(const struct payload *l)
{
	const uint8_t *p = l->at;

	if (l->n < 5)
		return false;
	if (is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]))
		return p[3] == ' ';
	return is_letter(p[0]) && is_letter(p[1]) && is_letter(p[2]) &&
	    is_letter(p[3]) && p[4] == ' ';
}

/* "MEGACO/n" or "!/n" (RFC 3525, annex B.2), perhaps after blanks. */
bool
is_megaco(const struct payload *l)
{
	uint32_t i = 0;

	if (l->tcp && STARTS(l, "\x03\x00"))
		i = 4;
	for (; i < l->n && (l->at[i] == ' ' || l->at[i] == '\n' ||
	    l->at[i] == '\r' || l->at[i] == '\t'); i++)
		continue;
	return i < l->n && (l->at[i] == '!' ||
	    text_at(l->at + i, l->n - i, "MEGACO") ||
	    text_at(l->at + i, l->n - i, "AuthenticationHeader"));
}
