# queries.py SEED N [URL] - odd queries for pktpipe-web, valid ones among them
#
# Prints N lines "yes QUERY", "no QUERY" or "maybe QUERY", whether the server
# should take it, by a grammar written down again here; that of conditions and
# names is left to the programs.  With URL, sends them to that server
# instead, with odd paths, methods and headers besides, and checks that every
# answer has a status that a server may give, and none the marker of a header.
# SPDX-License-Identifier: ISC
import http.client
import random
import re
import sys
import urllib.parse

NUMBERS = {"window": (10, 600), "refresh": (1, 60), "width": (280, 960)}
WORDS = {"sort": {"bytes", "packets"}, "unit": {"bits", "packets"}}
ODD = ["$(id)", "`id`", ";id", "|id", "<x>", "%00", "%0a", "%7f", "%ff", "%4",
       "'", '"', "\\", "..", "/", " ", "\t", "\x01", "\xe9", "{a,b}", "*", "~",
       "-1", "007", "1e2", "0x20", "+5", "", "9" * 30, "A" * 300, "--help",
       "@/etc/passwd", "%40/etc/passwd", "${PATH}", "#", "&", "=", "%26", "%3d"]
GOOD = {"window": ["10", "30", "600"], "refresh": ["1", "60"],
        "width": ["280", "500", "960"], "sort": ["bytes", "packets"],
        "unit": ["bits", "packets"], "proto": ["TLS", "DNS,TCP"],
        "to": ["1", "1700000000"], "panels": ["rate", "rate,protocols"],
        "where": ["len%20%3e%201", "src%20%3D%2010.0.0.1"]}


def is_good(name, value):
    """Whether a parameter is one that the page can send; None: perhaps."""
    if name in NUMBERS:
        least, most = NUMBERS[name]
        return bool(re.fullmatch("[1-9][0-9]*", value)) and \
            least <= int(value) <= most
    if name in WORDS:
        return value in WORDS[name]
    if name == "to":
        return bool(re.fullmatch("[1-9][0-9]{0,10}", value))
    if value in GOOD.get(name, []):
        return True
    return None if name in ("proto", "panels", "where") and re.fullmatch(
        "[A-Za-z0-9.,%_-]+", value) else False


def mutated(r, value):
    """A value with one or two odd parts in it, or cut, or doubled."""
    for _ in range(r.randint(1, 2)):
        at = r.randint(0, len(value))
        value = r.choice([value[:at] + r.choice(ODD) + value[at:],
                          value[:at], value + value, r.choice(ODD)])
    return value


def make(r):
    """A query, and whether the server should take it."""
    pairs = []
    for name in r.sample(sorted(GOOD), r.randint(1, 4)):
        value = r.choice(GOOD[name])
        pairs.append((name, mutated(r, value) if r.random() < 0.4 else value))
    if r.random() < 0.1:
        pairs.append(r.choice(pairs))
    if r.random() < 0.1:
        pairs.append((mutated(r, r.choice(sorted(GOOD))), "1"))
    query = "&".join(name + "=" + value for name, value in pairs)
    names = [pair.partition("=")[0] for pair in query.split("&")]
    takes = [is_good(*pair.partition("=")[::2]) for pair in query.split("&")]
    if len(set(names)) < len(names) or query.endswith("&") or False in takes:
        return "no", query
    return "maybe" if None in takes else "yes", query


def send(r, url, query):
    """The status of the answer to a query in an odd request."""
    to = urllib.parse.urlsplit(url)
    if to.scheme == "https":
        context = __import__("ssl")._create_unverified_context()
        http_to = http.client.HTTPSConnection(to.hostname, to.port, timeout=20,
                                              context=context)
    else:
        http_to = http.client.HTTPConnection(to.hostname, to.port, timeout=20)
    path = r.choice(["/stream", "/picture", "/past", "/", "/page.js"])
    if r.random() < 0.2:
        path = "/" + mutated(r, path)
    method = r.choice(["GET"] * 8 + ["HEAD", "POST", "BREW", "OPTIONS"])
    # As it is, with what no proper request has.
    line = method + " " + path + "?" + query + " HTTP/1.1\r\n"
    head = "Host: " + (to.netloc if r.random() < 0.9 else "spoiled") + "\r\n"
    head += "X-Odd: spoiled" + mutated(r, "x") + "\r\nConnection: close\r\n\r\n"
    http_to.connect()
    http_to.sock.sendall((line + head).encode("latin-1"))
    answer = http.client.HTTPResponse(http_to.sock, method=method)
    answer.begin()
    body = b"" if path.startswith("/stream") and answer.status == 200 else \
        answer.read()
    http_to.close()
    if answer.status not in (200, 400, 403, 404, 405, 411, 413, 414, 431, 501,
                             503):
        sys.exit("status %d of %r" % (answer.status, line))
    if b"spoiled" in body:
        sys.exit("the answer repeats %r" % line)
    return answer.status


def main():
    r = random.Random(int(sys.argv[1]))
    counts = {}
    for _ in range(int(sys.argv[2])):
        good, query = make(r)
        if len(sys.argv) == 3:
            print(good, query)
            continue
        status = send(r, sys.argv[3], query)
        counts[status] = counts.get(status, 0) + 1
    if counts:
        print(" ".join("%d:%d" % pair for pair in sorted(counts.items())))


main()
