#!/usr/bin/env python3
"""mmdb.py TYPE FILE - writes a MaxMind database for tests

Each line of standard input is a network, a blank, and its entry as JSON.  Of
nested networks the last one given counts.  The format: MaxMind DB 2.0.
SPDX-License-Identifier: ISC
"""
import ipaddress
import json
import struct
import sys


def control(kind, size):
    """The bytes that say of what type a value is, and how large."""
    if size >= 29 + 256:
        raise ValueError('too large')
    low = size if size < 29 else 29
    more = b'' if size < 29 else bytes([size - 29])
    if kind < 8:
        return bytes([kind << 5 | low]) + more
    return bytes([low, kind - 7]) + more


class Number(int):
    """A number of a type that the metadata must have."""

    def __new__(cls, value, kind):
        number = super().__new__(cls, value)
        number.kind = kind
        return number


def encode(value):
    """A value as the data section has it."""
    if isinstance(value, bool):
        return control(14, int(value))
    if isinstance(value, str):
        text = value.encode()
        return control(2, len(text)) + text
    if isinstance(value, float):
        return control(3, 8) + struct.pack('>d', value)
    if isinstance(value, int) and value < 0:
        return control(8, 4) + struct.pack('>i', value)
    if isinstance(value, Number):
        text = value.to_bytes((value.bit_length() + 7) // 8, 'big')
        return control(value.kind, len(text)) + text
    if isinstance(value, int):
        text = value.to_bytes((value.bit_length() + 7) // 8, 'big')
        return control(6 if len(text) <= 4 else 9, len(text)) + text
    if isinstance(value, list):
        return control(11, len(value)) + b''.join(map(encode, value))
    return control(7, len(value)) + b''.join(
        encode(k) + encode(v) for k, v in value.items())


def insert(nodes, net, leaf):
    """Puts a network into the tree, whose nodes are pairs of children."""
    bits = int(net.network_address)
    length = net.prefixlen
    if net.version == 4:
        length += 96
    at = 0
    for i in range(length):
        side = bits >> (127 - i) & 1
        if i == length - 1:
            nodes[at][side] = leaf
            return
        child = nodes[at][side]
        if not isinstance(child, int):
            nodes.append([child, child])
            nodes[at][side] = len(nodes) - 1
        at = nodes[at][side]


def main():
    nodes, data, offsets = [[None, None]], b'', {}
    for line in sys.stdin:
        net, entry = line.split(' ', 1)
        entry = encode(json.loads(entry))
        if entry not in offsets:
            offsets[entry] = len(data)
            data += entry
        insert(nodes, ipaddress.ip_network(net), (offsets[entry],))
    count = len(nodes)
    meta = encode({
        'binary_format_major_version': Number(2, 5),
        'binary_format_minor_version': Number(0, 5),
        'build_epoch': Number(1795478400, 9),
        'database_type': sys.argv[1], 'description': {},
        'ip_version': Number(6, 5), 'languages': [],
        'node_count': Number(count, 6), 'record_size': Number(32, 5)})
    with open(sys.argv[2], 'wb') as out:
        for node in nodes:
            for child in node:
                if child is None:
                    child = count
                elif not isinstance(child, int):
                    child = count + 16 + child[0]
                out.write(struct.pack('>I', child))
        out.write(bytes(16) + data + b'\xab\xcd\xefMaxMind.com' + meta)


main()
