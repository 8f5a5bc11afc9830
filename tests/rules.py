#!/usr/bin/env python3
"""rules - generated rows of all kinds, and the alerts that a rule makes of them

usage: rules.py make SEED N LATE   tables of packets, tallies and flows in turn,
                                   with N rows, each up to LATE s late
       rules.py rules SEED N       rules of random keys, not all of them valid
       rules.py alerts RULE        what ipflag writes of the rows on standard
                                   input: lines of state,time,src,dst, and for
                                   starts also of value,time,src,dst,VALUE

The reference of tests/answers.bats: for each row, a search over all rows that
came before it.  Times are whole microseconds.  The value of a start is told if
the incident did not begin before it, silent for its cooldown.
SPDX-License-Identifier: ISC
"""
import random
import sys

PACKET = "time,src,dst,proto,len,sport,dport,flags"
TALLY = "dport,flags,time,src,dst,proto,sport,packets,bytes"
FLOW = ("time,end,src,dst,proto,ip_proto,sport,dport,flags,flags_back,packets,"
        "bytes,packets_back,bytes_back,part")
KEYS = {"by_src": ("src",), "by_dst": ("dst",), "by_both": ("src", "dst"),
        "by_src_dport": ("src", "dport"), "by_dst_dport": ("dst", "dport"),
        "by_both_dport": ("src", "dst", "dport"), "by_rule": ()}
SECOND = 10**6


def text(us):
    return "%d.%06d" % (us // SECOND, us % SECOND)


def one(dice, now, late):
    """A row of a random kind as a dictionary."""
    when = now - (dice.randrange(late) if late and dice.random() < .3 else 0)
    src, dst = "10.0.0.%d" % dice.randrange(3), "10.0.1.%d" % dice.randrange(3)
    sport, dport = dice.randrange(1024, 1034), dice.choice([22, 80, 443, 8080])
    flags = dice.choice("S S S SA RA A PA FA".split())
    if flags in ("SA", "RA"):
        src, dst, sport, dport = dst, src, dport, sport
    packets = dice.randrange(5)
    proto = dice.choice(("TCP", "TCP", "TLS"))
    return {"time": text(when), "src": src, "dst": dst, "proto": proto,
            "sport": sport, "dport": dport, "flags": flags, "ip_proto": 6,
            "len": dice.randrange(40, 1500), "packets": packets, "part": 1,
            "bytes": packets * dice.randrange(40, 1500), "flags_back": "A",
            "end": text(when + dice.randrange(9 * SECOND)),
            "packets_back": packets // 2, "bytes_back": packets // 2 * 40}


def make(seed, n, late):
    dice = random.Random(seed)
    now, left = 1700000000 * SECOND, 0
    for _ in range(n):
        if left == 0:
            header = dice.choice([PACKET, TALLY, FLOW])
            left = dice.randrange(1, 60)
            print(header)
        left -= 1
        # Often whole steps, so that rows are at the edges of windows.
        now += dice.choice([0, 1, 1000, 100000, 250000, 500000])
        if dice.random() < .01:
            now += dice.choice([3, 7, 20]) * SECOND
        row = one(dice, now, late)
        print(",".join(str(row[name]) for name in header.split(",")))


# What rules are made of: words of each list.
CHOICES = [
    ["track=" + key for key in KEYS] + ["track=by_dst_net", "track=by_proto"],
    ["packets=0", "packets=2", "packets=9", "packets=2 unique=dport",
     "packets=1 unique=src", "packets=40 unique=sport", "packets=3 unique=ends",
     "bytes=3000", "packets=3 regular=99%", "packets=1 share=20%",
     "packets=1 of=r0", "packets=2 unique=dst of=r0"],
    ["seconds=0.5", "seconds=2", "seconds=10"],
    ["cooldown=0", "cooldown=4", ""],
    ["flags=S answered=no", "flags=S completed=no", "flags=!S answered=no",
     "flags=PA asked=no answered=no", "encrypted=no", "flags=S answered=seldom",
     "flags=S answered=no repeated=no", "flags=S answered=no served=no",
     "flags=SA", "", "", "", ""],
    ["within=3", "", ""],
    ["asked=no", "asked=yes", "new=yes", "new=no", "oneway=yes", "oneway=yes", "",
     ""],
    ["src=10.0.0.0/31", "dst=!10.0.1.1", "dport=22", "proto=TLS",
     "", "", ""],
    ["part-of=a", "part-of=b,a", ""],
]


def rules(seed, n):
    dice = random.Random(seed)
    for i in range(n):
        print("rule r%d" % i, *(dice.choice(words) for words in CHOICES))


def read(stream):
    """Each row as a dictionary with us, packets and bytes."""
    for line in stream:
        cells = line.rstrip("\n").split(",")
        if "time" in cells:
            header = cells
            continue
        row = dict(zip(header, cells))
        row["us"] = int(row["time"].replace(".", ""))
        row["packets"] = int(row.get("packets", 1))
        row["bytes"] = int(row["bytes"] if "bytes" in row else row["len"])
        yield row


class Rule:
    def __init__(self, words):
        pairs = dict(w.split("=") for w in words.split() if "=" in w)
        self.key = KEYS[pairs["track"]]
        self.unique = pairs.get("unique")
        self.flags = pairs.get("flags")
        self.answered = "answered" in pairs
        self.of = "bytes" if "bytes" in pairs else "packets"
        self.most = int(pairs[self.of])
        self.window = int(float(pairs["seconds"]) * SECOND)
        self.cooldown = int(float(pairs["cooldown"]) * SECOND)
        self.counted = {}   # key: rows that count
        self.open = {}      # key: [last match, whether it was told]
        self.told = {}      # key: when the last alert was
        self.clock = 0

    def say(self, what, us, key, *value):
        have = dict(zip(self.key, key))
        print(what, text(us), have.get("src", ""), have.get("dst", ""),
              *value, sep=",")

    def finish(self, now):
        """Ends what has not matched for a window; None: the input is over."""
        for key, (last, told) in list(self.open.items()):
            if now is None or now > last + self.window:
                if told:
                    self.say("end", self.clock if now is None else
                             last + self.window, key)
                del self.open[key]

    def value(self, rows, newest):
        """What is counted of a key at its newest row."""
        if self.of == "bytes":
            spans = [r for r in rows if r["us"] // self.window ==
                     newest // self.window]
            return sum(r["bytes"] for r in spans)
        spans = [r for r in rows if newest - r["us"] < self.window]
        if self.unique:
            return len({r[self.unique] for r in spans})
        return sum(r["packets"] for r in spans)

    def count(self, row, us):
        """Counts a row at this time."""
        key = tuple(row[name] for name in self.key)
        rows = self.counted.setdefault(key, [])
        rows.append({**row, "us": us})
        newest = max(r["us"] for r in rows)
        amount = self.value(rows, us if self.of == "bytes" else newest)
        if amount <= self.most or (self.of == "packets" and
                                   newest - us >= self.window):
            return
        last, told = self.open.get(key, (0, False))
        self.open[key] = [max(last, us), told]
        if told and self.cooldown == 0:
            return
        if key in self.told and us - self.told[key] < self.cooldown:
            return
        if us < self.told.get(key, 0):
            return
        self.say("update" if told else "start", us, key)
        if last == 0:
            self.say("value", us, key, amount)
        self.open[key][1] = True
        self.told[key] = us

    def takes(self, row):
        return self.flags in (None, row["flags"])


def ends_of(row):
    return row["src"], row["sport"], row["dst"], row["dport"]


def back_of(row):
    return row["dst"], row["dport"], row["src"], row["sport"]


def run(rule, rows):
    waiting = []            # SYNs that may still be answered, oldest first
    for row in rows:
        if row["us"] > rule.clock:
            rule.clock = row["us"]
            while waiting and waiting[0]["due"] < rule.clock:
                due = waiting.pop(0)
                rule.finish(due["due"])
                rule.count(due, due["due"])
            rule.finish(rule.clock)
        # A row of no packets moves the clock, and does nothing else.
        if rule.clock - row["us"] > SECOND or row["packets"] == 0:
            continue
        if not rule.answered:
            if rule.takes(row):
                rule.count(row, row["us"])
            continue
        asked = [w for w in waiting if ends_of(w) == back_of(row)]
        if asked and row["flags"] in ("SA", "RA"):
            waiting.remove(asked[0])
            if row["flags"] == "RA":
                rule.count(asked[0], row["us"])
        # Who acknowledges has been answered.
        own = [w for w in waiting if ends_of(w) == ends_of(row)]
        if own and row["flags"] in ("A", "PA", "FA"):
            waiting.remove(own[0])
        if rule.takes(row):
            waiting.append({**row, "due": rule.clock + SECOND})
    for due in waiting:
        rule.count(due, rule.clock)
    rule.finish(None)


if sys.argv[1] == "make":
    make(int(sys.argv[2]), int(sys.argv[3]), int(float(sys.argv[4]) * SECOND))
elif sys.argv[1] == "rules":
    rules(int(sys.argv[2]), int(sys.argv[3]))
else:
    run(Rule(sys.argv[2]), read(sys.stdin))
