#!/usr/bin/env python3
"""flows - generated packet rows, and the flow rows that belong to them

usage: flows.py make SEED N         N packet rows, in order of time
       flows.py join IDLE ACTIVE    the flow rows of the packet rows on
                                    standard input, sorted, without a header

The reference of tests/flowbw.bats: one list of the packets of each key, cut
where the page says, no table and no clock.  Times are whole microseconds.
SPDX-License-Identifier: ISC
"""
import random
import sys

HEADER = "time,src,dst,proto,len,ip_proto,sport,dport,flags"
TRANSPORT = {"TCP", "UDP"}


def make(seed, n):
    dice = random.Random(seed)
    hosts = ["10.0.0.%d" % i for i in range(1, 5)]
    hosts += ["2001:db8::%x" % i for i in range(9, 12)]
    now = 1700000000 * 10**6
    print(HEADER)
    for _ in range(n):
        now += dice.choice([0, 1, 1000, 50000, 400000]) * dice.randint(0, 4)
        if dice.random() < 0.01:
            now += dice.choice([4, 6, 50, 70, 1500, 5000]) * 10**6
        src, dst = dice.sample(hosts[:4] if dice.random() < 0.7
                               else hosts[4:], 2)
        kind = dice.random()
        flags = sport = dport = ip = ""
        if kind < 0.6:
            ip, proto = 6, dice.choice(["TCP", "TCP", "TLS", "HTTP"])
            flags = dice.choice("S SA A PA PA A FA RA R S FPA SEC".split())
            sport, dport = dice.choice([1025, 1026, 443]), 443
        elif kind < 0.8:
            ip, proto = 17, dice.choice(["UDP", "DNS"])
            sport, dport = dice.choice([443, 5353]), dice.choice([443, 53])
        elif kind < 0.9:
            ip, proto = 1, "ICMP"
        else:
            src, dst, proto = "", "", dice.choice(["STP", "LLDP"])
        if dport and dice.random() < 0.5:
            src, dst, sport, dport = dst, src, dport, sport
        when = "%d.%06d" % (now // 10**6, now % 10**6)
        if dice.random() < 0.02:
            when = ""
        print(when, src, dst, proto, dice.randint(60, 1500), ip, sport,
              dport, flags, sep=",")


class Flow:
    def __init__(self, row, part=1):
        self.packets = []
        self.flags = {}
        self.part = part
        self.proto = ""
        self.began = None
        self.certain = 0
        self.add(row)

    def add(self, row):
        self.packets.append(row)
        source = row["src"], row["sport"]
        self.flags[source] = self.flags.get(source, set()) | set(row["flags"])
        if self.proto in TRANSPORT | {""} or row["proto"] not in TRANSPORT:
            self.proto = row["proto"]
        syn, ack = "S" in row["flags"], "A" in row["flags"]
        certain = 3 if syn and not ack else 2 if syn else 1
        if certain > self.certain:
            self.certain = certain
            self.began = source if certain != 2 else (row["dst"],
                                                      row["dport"])

    def closed(self):
        if not self.packets[0]["dport"]:
            return False
        seen = list(self.flags.values())
        return any("R" in f for f in seen) or (
            len(seen) == 2 and all("F" in f for f in seen))

    def takes(self, row, idle):
        """Whether a packet belongs to it."""
        if row["us"] is None:
            return True
        last = self.packets[-1]["us"]
        if row["us"] - last > (min(idle, 5 * 10**6) if self.closed()
                               else idle):
            return False
        sent = self.flags.get((row["src"], row["sport"]), set())
        anew = "S" in row["flags"] and "A" not in row["flags"]
        return not (anew and row["us"] > last and sent - set("SEC"))

    def text(self):
        first, last = self.packets[0], self.packets[-1]
        out = [p for p in self.packets
               if (p["src"], p["sport"]) == self.began]
        back = [p for p in self.packets
                if (p["src"], p["sport"]) != self.began]
        one = (out + back)[0]
        ends = [(one["src"], one["sport"]), (one["dst"], one["dport"])]
        if ends[0] != self.began:
            ends.reverse()
        flags = ["".join(f for f in "FSRPAUEC" if f in self.flags.get(e, ""))
                 for e in ends]
        return ",".join(str(cell) for cell in [
            first["time"], last["time"], ends[0][0], ends[1][0], self.proto,
            first["ip_proto"], ends[0][1], ends[1][1], flags[0], flags[1],
            len(self.packets), sum(p["len"] for p in self.packets),
            len(back), sum(p["len"] for p in back), self.part])


def read(line):
    row = dict(zip(HEADER.split(","), line.rstrip("\n").split(",")))
    row["us"] = int(row["time"].replace(".", "")) if row["time"] else None
    row["len"] = int(row["len"])
    return row


def join(idle, active):
    done, flows = [], {}
    next(sys.stdin)
    for row in map(read, sys.stdin):
        ends = sorted([(row["src"], row["sport"]), (row["dst"],
                                                    row["dport"])])
        key = (*ends, row["ip_proto"], row["us"] is None,
               "" if row["dport"] else row["proto"])
        flow = flows.get(key)
        if flow is None:
            flows[key] = Flow(row)
        elif not flow.takes(row, idle):
            done.append(flow)
            flows[key] = Flow(row)
        elif (row["us"] or 0) - (flow.packets[0]["us"] or 0) > active:
            done.append(flow)
            flows[key] = Flow(row, flow.part + 1)
        else:
            flow.add(row)
    print("\n".join(sorted(f.text() for f in done + list(flows.values()))))


if sys.argv[1] == "make":
    make(int(sys.argv[2]), int(sys.argv[3]))
else:
    join(int(float(sys.argv[2]) * 10**6), int(float(sys.argv[3]) * 10**6))
