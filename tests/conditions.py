#!/usr/bin/env python3
"""conditions.py SEED COUNT - random conditions of rowpick, against a slow reading

Makes 400 rows and COUNT conditions, with lists in the directory, runs rowpick
with each, and compares the rows that it picks with those that the rules of
rowpick(1) give, applied to one cell after the other.  Prints each condition that differs, and how many there
were and how many of them picked some rows but not all.
SPDX-License-Identifier: ISC
"""
import datetime
import ipaddress
import random
import subprocess
import sys

COLUMNS = 'time', 'src', 'dst', 'proto', 'len', 'dport', 'site'
START = 1795564800  # a Wednesday, 2026-11-25, 0:00
DAYS = 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'
NETS = ('10.0.0.0/9', '10.128.0.0/16', '10.0.0.3', '2001:db8::/33',
        '2001:db8::/127', '0.0.0.0/0', '::/0')
WORDS = {'proto': ('TLS', 'dns', 'Quic', 'ICMP'),
         'site': ('roof', 'Roof', 'cellar', '""')}
UNITS = {'': 1, 'k': 1000, 'M': 10 ** 6}


def make_row(r):
    """The cells of a row, some of them empty or odd."""
    def address():
        if r.random() < 0.1:
            return ''
        if r.random() < 0.6:
            return '10.%d.0.%d' % (r.choice((0, 128, 200)), r.randrange(6))
        return str(ipaddress.IPv6Address(
            (0x20010db8 << 96) + (r.randrange(2) << 95) + r.randrange(3)))
    time = '%d.%06d' % (START + r.randrange(9 * 86400), r.randrange(10 ** 6))
    return (time if r.random() < 0.95 else '', address(), address(),
            r.choice(('TLS', 'DNS', 'QUIC', 'ICMP', 'TCP')),
            str(r.choice((0, 60, 999, 1000, 1500, 2999, 1000000))),
            r.choice(('', 'x', '0', '53', '443', '1024', '65535')),
            r.choice(('', 'roof', 'Roof', 'cellar')))


def listed(r, values):
    """Values as a list, or, if none of them is empty, as one of a file."""
    if '' in values or r.random() < 0.7:
        return ','.join(v or '""' for v in values)
    name = 'values%d' % r.randrange(1000)
    with open(name, 'w') as file:
        file.write('# a list\n' + ''.join(' %s # one\n' % v for v in values))
    return '@' + name


def number_test(r, column):
    """A test of a column of numbers, as text and as a function of a cell."""
    def number():
        unit = r.choice(tuple(UNITS))
        n = r.choice((0, 1, 1.5, 53, 60, 443, 999, 1024))
        return '%s%s' % (n, unit), n * UNITS[unit]

    def known(cell):
        return None if cell in ('', 'x') else int(cell)
    odd = r.sample(('', 'x'), r.choice((0, 0, 0, 1, 2)))
    op = r.choice(('=', '!=', '<', '<=', '>', '>='))
    if op in ('=', '!='):
        spans = []
        for _ in range(r.randrange(1, 4)):
            (low, a), (high, b) = sorted((number(), number()),
                                         key=lambda n: n[1])
            spans.append((low, a, a) if r.random() < 0.5 else
                         ('%s-%s' % (low, high), a, b))
        values = listed(r, [s[0] for s in spans] + odd)

        def holds(n):
            return any(a <= n <= b for _, a, b in spans) == (op == '=')

        def odd_holds(cell):
            if cell in odd or 'x' in odd:  # a word makes all cells words
                return (cell in odd) == (op == '=')
            return None
    else:
        values, limit = number()

        def holds(n):
            return {'<': n < limit, '<=': n <= limit, '>': n > limit,
                    '>=': n >= limit}[op]

        def odd_holds(cell):
            return None
    text = '%s %s %s' % (column, op, values)
    return text, lambda row: odd_holds(row[column]) if \
        known(row[column]) is None else holds(known(row[column]))


def address_test(r, column):
    nets = r.sample(NETS, r.randrange(1, 3))
    op = r.choice(('in', '=', '!='))
    parsed = [ipaddress.ip_network(n) for n in nets]

    def holds(row):
        if row[column] == '':
            return None
        a = ipaddress.ip_address(row[column])
        return any(a.version == n.version and a in n for n in parsed) == \
            (op != '!=')
    return '%s %s %s' % (column, op, ','.join(nets)), holds


def any_test(r, column):
    text, holds = address_test(r, 'src')
    if '!=' in text:
        return text, holds
    return 'any' + text[3:], lambda row: either(
        holds(row), holds(dict(row, src=row['dst'])))


def word_test(r, column):
    words = r.sample(WORDS[column], r.randrange(1, 3))
    op = r.choice(('=', '!='))
    plain = [w.strip('"') for w in words]
    if column == 'proto':
        plain = [w.upper() for w in plain]
    return '%s %s %s' % (column, op, ','.join(words)), \
        lambda row: (row[column] in plain) == (op == '=')


def time_test(r, column):
    """Of the time, its hour, or its day of the week."""
    def when(row):
        return None if row['time'] == '' else datetime.datetime.fromtimestamp(
            int(row['time'].split('.')[0]), datetime.timezone.utc)
    if column == 'time':
        limit = START + r.randrange(9 * 24) * 3600
        op = r.choice(('<', '>='))
        text = 'time %s %s' % (op, datetime.datetime.fromtimestamp(
            limit, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M'))
        return text, lambda row: None if row['time'] == '' else \
            (float(row['time']) < limit) == (op == '<')
    names = DAYS if column == 'weekday' else [str(h) for h in range(24)]
    a, b = r.randrange(len(names)), r.randrange(len(names))

    def holds(row):
        if when(row) is None:
            return None
        n = when(row).weekday() if column == 'weekday' else when(row).hour
        return a <= n <= b if a <= b else n >= a or n <= b
    return '%s = %s-%s' % (column, names[a], names[b]), holds


TESTS = {'len': number_test, 'dport': number_test, 'src': address_test,
         'dst': address_test, 'any': any_test, 'proto': word_test,
         'site': word_test, 'time': time_test, 'hour': time_test,
         'weekday': time_test}


def either(a, b):
    """Or: what cannot be read decides only where the other does not."""
    if a or b:
        return True
    return None if a is None or b is None else False


def opposite(a):
    return None if a is None else not a


OR, AND, NOT, TEST = range(4)       # what binds closer is greater


def make_condition(r, depth, within=OR):
    """A condition as text, in parentheses where they are needed, or not."""
    kind = r.choice((TEST, NOT, OR, AND)) if depth > 0 else TEST
    if kind < within or r.random() < 0.1:
        text, holds = make_condition(r, depth)
        return '(%s)' % text, holds
    if kind == TEST:
        column = r.choice(tuple(TESTS))
        return TESTS[column](r, column)
    text, holds = make_condition(r, depth - 1, kind)
    if kind == NOT:
        return 'not ' + text, lambda row: opposite(holds(row))
    text2, holds2 = make_condition(r, depth - 1, kind)
    if kind == OR:
        return '%s or %s' % (text, text2), \
            lambda row: either(holds(row), holds2(row))
    return '%s and %s' % (text, text2), lambda row: opposite(
        either(opposite(holds(row)), opposite(holds2(row))))


def main():
    r = random.Random(int(sys.argv[1]))
    count, some = int(sys.argv[2]), 0
    rows = [make_row(r) for _ in range(400)]
    lines = [','.join(COLUMNS)] + [','.join(row) for row in rows]
    table = '\n'.join(lines) + '\n'
    for _ in range(count):
        text, holds = make_condition(r, 3)
        want = lines[:1] + [','.join(row) for row in rows
                            if holds(dict(zip(COLUMNS, row)))]
        got = subprocess.run(['rowpick', text], input=table, text=True,
                             capture_output=True)
        if got.stdout.splitlines() != want:
            print('differs: %s (status %d)' % (text, got.returncode))
        some += 1 < len(want) < len(lines)
    print(count, some)


main()
