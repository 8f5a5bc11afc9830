"""attacks.py NAME SRC DST - traffic with raw headers, as the test ipflag-attacks needs it

Forged sources are of 198.18.0.0/15.  SPDX-License-Identifier: ISC
"""
import random, socket, struct, sys, time

random.seed(1)
RAW = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
RAW.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)


def checksum(data):
    if len(data) % 2:
        data += b'\0'
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def send(src, dst, proto, payload):
    src, dst = socket.inet_aton(src), socket.inet_aton(dst)
    if proto == 6:
        pseudo = src + dst + struct.pack('!BBH', 0, 6, len(payload))
        payload = payload[:16] + struct.pack('!H', checksum(pseudo + payload)) + payload[18:]
    head = struct.pack('!BBHHHBBH4s4s', 69, 0, 20 + len(payload), random.getrandbits(16), 0, 64, proto, 0, src, dst)
    RAW.sendto(head + payload, (socket.inet_ntoa(dst), 0))


def tcp(sport, dport, flags):
    return struct.pack('!HHIIBBHHH', sport, dport, random.getrandbits(32), 0, 0x50, flags, 1024, 0, 0)


def udp(sport, dport, n=26):
    return struct.pack('!HHHH', sport, dport, 8 + n, 0) + b'\xfe' * n


def ping(n=56):
    head = struct.pack('!BBHHH', 8, 0, 0, 1, random.getrandbits(16)) + b'x' * n
    return head[:2] + struct.pack('!H', checksum(head)) + head[4:]


def forged():
    return '198.%d.%d.%d' % (random.choice((18, 19)), random.randrange(256), random.randrange(1, 255))


def port():
    return random.randrange(1024, 65536)


# Packets a second, how many, and what each is.
KINDS = {
    'ack-forged': (5000, 5000, lambda a, b: send(forged(), b, 6, tcp(port(), port(), 16))),
    'rst-forged': (5000, 5000, lambda a, b: send(forged(), b, 6, tcp(port(), port(), 4))),
    'icmp-one': (400, 800, lambda a, b: send(a, b, 1, ping())),
    'icmp-forged': (2800, 2800, lambda a, b: send(forged(), b, 1, ping())),
    'udp-forged': (5000, 8000, lambda a, b: send(forged(), b, 17, udp(port(), 9000))),
    'synack': (500, 500, lambda a, b: send(forged(), b, 6, tcp(80, port(), 18))),
    'amplified': (300, 300, lambda a, b: send(forged(), b, 17, udp(11211, port(), 1000))),
    'fragments': (300, 300, lambda a, b: send(forged(), b, 47, b'\0\0\x08\0' + b'x' * 40)),
    # Benign: a video in one direction.
    'video': (2000, 4000, lambda a, b: send(a, b, 17, udp(5004, 5004, 1200))),
}


def main(name, src, dst):
    rate, count, one = KINDS[name]
    start = time.monotonic()
    for i in range(count):
        wait = start + i / rate - time.monotonic()
        if wait > 0.002:
            time.sleep(wait)
        one(src, dst)


main(*sys.argv[1:])
