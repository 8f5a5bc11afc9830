"""scenes.py - rows of attacks and loads, made up, for the test ipflag-attacks

What takes hours, other hosts or IPv6 in a network, written as pcap2csv -e ids
writes it.  A scene is a function; its number N is at the end of its name, and
the host that it is about is 10.0.1.N.  Forged sources, and hosts elsewhere, are
of 198.18.0.0/15.  SPDX-License-Identifier: ISC
"""
import random

rows = []
R = random.Random()
START = 1.7e9


def row(t, a, b, proto, size, sport='', dport='', flags='', icmp=''):
    rows.append('%.6f,%s,%s,%s,%d,%s,%s,%s,%s\n' % (
        START + t, a, b, proto, size, sport, dport, flags, icmp))


def port():
    return R.randrange(32768, 61000)


def far(i=None):
    i = R.randrange(60000) if i is None else i
    return '198.%d.%d.%d' % (18 + i // 50000, i // 250 % 200, 1 + i % 250)


def syn(t, a, b, dport, answer='', sport=None):
    """A SYN: not answered, or refused, 20 ms later."""
    sport = sport or port()
    row(t, a, b, 'TCP', 74, sport, dport, 'S')
    if answer:
        row(t + .02, b, a, 'TCP', 54, dport, sport, answer)


def connect(t, a, b, dport, proto='TLS', n=3, size=300, back=1400, sport=None):
    """A connection with n requests, 50 ms apart; returns when it ends."""
    sport = sport or port()
    syn(t, a, b, dport, 'SA', sport)
    row(t + .021, a, b, 'TCP', 66, sport, dport, 'A')
    for t in (t + .05 * i for i in range(1, n + 1)):
        row(t, a, b, proto, size, sport, dport, 'PA')
        row(t + .02, b, a, proto, back, dport, sport, 'PA')
    for side in ((t + .04, a, b, sport, dport), (t + .05, b, a, dport, sport)):
        row(*side[:3], 'TCP', 66, *side[3:], 'FA')
    return t + .06


def send(t, a, b, proto, size, n, step, back=0, sport=443, dport=443):
    """Data of an open connection or of UDP, each back-th row answered."""
    flags = '' if proto in ('QUIC', 'UDP', 'RTP', 'WIREGUARD') else 'A'
    for i in range(n):
        row(t + i * step, a, b, proto, size, sport, dport, flags)
        if back and i % back == 0:
            row(t + i * step + step / 3, b, a, proto, 75, dport, sport, flags)


def udp(t, a, b, dport, proto='UDP', size=80, back=100, sport=None):
    sport = sport or port()
    row(t, a, b, proto, size, sport, dport)
    if back:
        row(t + .02, b, a, proto, back, dport, sport)


def ping(t, a, b, size=98, answered=True, proto='ICMP', kind=8):
    row(t, a, b, proto, size, icmp=kind)
    if answered:
        row(t + .01, b, a, proto, size, icmp=0 if kind == 8 else 129)


# The attacks; a attacks, v is the victim.

def polite61(a, v):
    for i in range(30):
        syn(i * 15, a, v, 20 + i, 'RA')


def sneaky62(a, v):
    for i in range(60):
        syn(i * .4, a, v, 20 + i)


def decoys63(a, v):
    for i in range(60):
        for who in [a] + ['192.168.%d.63' % j for j in range(10)]:
            syn(i * .02, who, v, 20 + i, 'RA')


def scan6_64(a, v):
    for i in range(60):
        syn(i * .02, '2001:db8::64', '2001:db8:2::64', 20 + i, 'RA')


def pings6_65(a, v):
    for i in range(40):
        ping(i * .02, '2001:db8::65', '2001:db8:2::%x' % (4096 + i), 62,
             i % 9 == 0, 'ICMPV6', 128)


def neighbours66(a, v):
    for i in range(300):
        row(i * .01, '2001:db8::66', 'ff02::1:ff00:%x' % i, 'ICMPV6', 86,
            icmp=135)


def sctp67(a, v):
    for i in range(30):
        row(i * .02, a, v, 'SCTP', 66, 50000, 2900 + i)


def maimon68(a, v):
    for i in range(40):
        row(i * .02, a, v, 'TCP', 54, 50000, 20 + i, 'FA')
        row(i * .02 + .01, v, a, 'TCP', 54, 20 + i, 50000, 'R')


def web69(a, v):
    for i in range(254):
        syn(i * .05, a, '10.2.0.%d' % i, 80, R.choice(('', '', 'RA')))


def worm70(a, v):
    for i in range(200):
        syn(i * .5, a, far(), 445)


def slow_syns72(a, v):
    for i in range(1500):
        syn(i / 12, far(i), v, 80, 'SA')


def smurf73(a, v):
    for i in range(1000):
        ping(i / 500, '203.0.113.%d' % (i % 250), v, answered=False, kind=0)


def names74(a, v):
    for i in range(6000):
        udp(i / 5600, far(i), v, 53, 'DNS', 75, 140)


def names75(a, v):
    for i in range(32000):
        udp(i / 4000, a, v, 53, 'DNS', 75, 0 if i % 9 else 140, 5353)


def ntp76(a, v):
    for i in range(1500):
        row(i / 500, far(i % 100), v, 'NTP', 482, 123, 80)


def ssdp77(a, v):
    for i in range(1500):
        row(i / 500, far(i % 100), v, 'SSDP', 350, 1900, port())


def cldap78(a, v):
    for i in range(1500):
        row(i / 500, far(i % 100), v, 'LDAP', 1514, 389, port())


def fragments79(a, v):
    for i in range(20000):
        row(i / 12000, a, v, 'IPV4', 1514)


def starved80(a, v):
    for i in range(2000):
        row(i / 400, '0.0.0.0', v, 'DHCP', 342, 68, 67)


def routers81(a, v):
    for i in range(2000):
        row(i / 500, 'fe80::%x' % i, 'ff02::1', 'ICMPV6', 118, icmp=134)


def rdp82(a, v):
    for i in range(60):
        connect(i * 2, a, v, 3389, 'RDP')


def pop83(a, v):
    for i in range(200):
        connect(i * .5, a, v, 110, 'POP', 4, 80, 90)


def mysql84(a, v):
    for i in range(200):
        connect(i, '198.18.0.84', v, 3306, 'MYSQL', 3, 150, 130)


def botnet85(a, v):
    for i in range(240):
        connect(i * 2, far(i % 120), v, 22, 'SSH', 5)


def sip86(a, v):
    for i in range(2000):
        udp(i * .02, a, v, 5060, 'SIP', 450, 400, 5060)


def beacon87(a, v):
    for i in range(60):
        connect(i * 60 + R.uniform(-6, 6), a, '198.18.0.87', 443)


def pings89(a, v):
    for i in range(1500):
        ping(i * .04, a, v, R.randrange(200, 1400))


def carpet90(a, v):
    for i in range(3000):
        row(i / 1500, far(i % 400), '10.2.90.%d' % (i % 256), 'NTP', 482, 123,
            port())


def carpet91(a, v):
    for i in range(4000):
        syn(i / 2000, far(), '10.2.91.%d' % (i % 256), 443,
            R.choice(('', 'RA', 'SA')))


def macof92(a, v):
    for i in range(3000):
        row(6000 + i / 2500, '203.%d.%d.%d' % (i % 97, i % 89, i % 83),
            '192.%d.%d.%d' % (i % 101, i % 79, i % 73), 'TCP', 54)


def slow93(a, v):
    for i in range(110):
        connect(i * 30, '198.18.0.93', v, 22, 'SSH', 6)


def down94(a, v):
    for i in range(2000):
        udp(i * .01, a, v, 53, 'DNS', 100, 1200, 40094)


def carpet95(a, v):
    for i in range(3000):
        row(i / 1500, far(), '10.2.95.%d' % (i % 256), 'TCP', 60, port(), 443,
            'A')


def carpet96(a, v):
    for i in range(3000):
        ping(i / 1500, far(), '10.2.96.%d' % (i % 256), answered=False)


def carpet97(a, v):
    for i in range(6000):
        row(i / 2000, far(), '10.2.97.%d' % (i % 256), 'UDP', 700, port(),
            port())


def refused98(a, v):
    for i in range(9000):
        syn(i / 2000, a, v, 81, 'RA')


def names99(a, v):
    for i in range(2000):
        udp(i * .02, a, v, 88, 'KRB5', 220, 200)


def network48(a, v):
    for i in range(40 * 60):
        syn(i * .002, a, '10.2.48.%d' % (i // 60), 1 + i * 7 % 60, 'RA')


def network49(a, v):
    for i in range(20 * 60):
        b, dport = '10.2.49.%d' % (i // 60), 100 + i % 60
        udp(i * .005, a, b, dport, back=0)
        row(i * .005 + .001, b, a, 'ICMP', 70, icmp=3)


def memcached50(a, v):
    for i in range(600):
        row(i / 200, far(i % 12), v, 'MEMCACHE', 1442, 11211, port())


def one_port51(a, v):
    for i in range(3000):
        row(i / 1000, a, v, 'TCP', 54, 1234, 80, 'S')


def mail52(a, v):
    for i in range(200):
        connect(i * .5, a, v, 587, 'SMTP', 4, 90, 80)


def dtls53(a, v):
    for i in range(1500):
        row(i / 500, far(i % 300), v, 'DTLS', 600, 443, port())


def replies54(a, v):
    for i in range(2000):
        if i % 3:
            row(i / 2000, far(i), v, 'TCP', 60, 80, port(), 'SA')
        else:
            row(i / 2000, far(i), v, 'ICMP', 70, icmp=3)


def land55(a, v):
    for i in range(3000):
        row(i / 1000, v, v, 'TCP', 60, 139, 139, 'S')


def replies56(a, v):
    for i in range(2000):
        row(i / 200, far(i % 12), v, 'TCP', 60, 443, port(), 'SA')


def tunnels57(a, v):
    for i in range(1500):
        row(i / 500, far(i % 60), v, 'OPENVPN', 56, 1194, port())


def floods58(a, v):
    for i in range(6000):
        row(i / 2000, a, v, 'UDP', 542, 4444, port())


def synfins201(a, v):
    for i in range(1500):
        row(i / 500, far(), v, 'TCP', 60, port(), 80, 'SF')


def one_socket202(a, v):
    for i in range(8000):
        row(i / 8000, a, v, 'UDP', 74, 50000, 80)


def monlist203(a, v):
    for i in range(400):
        row(i / 100, '198.18.0.203', a, 'NTP', 60, 80, 123)
        for k in range(2):
            row(i / 100 + .001 + k / 1000, a, '198.18.0.203', 'NTP', 482, 123,
                80)


def resolver204(a, v):
    for i in range(600):
        udp(i / 50, '198.18.0.204', a, 53, 'DNS', 78, 1242)


def communities205(a, v):
    for i in range(200):
        row(i / 100, a, v, 'SNMP', 85, 40205, 161)


def ftp206(a, v):
    for i in range(26):
        connect(i * 1.5, a, v, 21, 'FTP', 3, 80, 90)


def slow207(a, v):
    for i in range(42):
        connect(i * 45, '198.18.0.207', v, 22, 'SSH', 6)


def routers208(a, v):
    for i in range(150):
        syn(i * 1.5, a, far(i * 13), 37215)


def pings209(a, v):
    for i in range(240):
        ping(i * .06, a, v, 742)


def slow210(a, v):
    for i in range(5 * 80):
        row(i / 8, a, v, 'TCP', 75, 40000 + i % 80, 8888, 'PA')


def ports211(a, v):
    for i in range(1000):
        syn(i * .001, a, v, 1 + i, 'RA')


def ports212(a, v):
    for i in range(150):
        udp(i, a, v, 100 + i, back=0)


def one_port213(a, v):
    for i in range(6000):
        row(i / 4000, a, v, 'TCP', 54, 40213, 80, 'A')
        row(i / 4000 + .0001, v, a, 'TCP', 54, 80, 40213, 'R')


def names214(a, v):
    for i in range(600):
        b = far(i % 100)
        row(i / 200, b, v, 'DNS', 1514, 53, port())
        row(i / 200 + .001, b, v, 'IPV4', 1270)


def echoes215(a, v):
    for i in range(1000):
        row(i / 100, far(i % 60), v, 'UDP', 70, 7, port())


def forged216(a, v):
    for i in range(3000):
        row(i / 190, far(i), v, 'UDP', 60, port(), 80)


def replies217(a, v):
    for i in range(300):
        for again in (0, 1, 3, 7):
            row(i / 50 + again, far(i), v, 'TCP', 60, 443, 2000 + i, 'SA')


def syns218(a, v):
    for i in range(3000):
        row(i / 2000, far(), v, 'TCP', 54, R.choice((1900, port())), 80, 'S')


def inits219(a, v):
    for i in range(12500):
        row(i / 12000, a, v, 'SCTP', 66, port(), 80)


def syns220(a, v):
    for i in range(5500):
        syn(i / 1000, a, v, 80, 'SA', 1024 + i)
        row(i / 1000 + .021, a, v, 'TCP', 54, 1024 + i, 80, 'R')


def solicits221(a, v):
    for i in range(2000):
        row(i / 500, 'fe80::221', 'ff02::2', 'ICMPV6', 70, icmp=133)


def starved222(a, v):
    for i in range(2000):
        row(i / 500, 'fe80::%x' % i, '2001:db8:2::222', 'DHCPV6', 106, 546,
            547)


def logins223(a, v):
    for i in range(40):
        connect(i * 5, a, v, 22, 'SSH', 6)


def replies224(a, v):
    for i in range(1200):
        if i % 60 == 0:
            row(i / 66, a, v, 'ICMP', 70, icmp=8)
        row(i / 66 + .01, v, a, 'ICMP', 1094, icmp=0)


def floods225(a, v):
    for i in range(6000):
        row(i / 5000, a, v, 'ESP', 542, 1024 + i, 4500)


def pings227(a, v):
    a, v = '2001:db8::227', '2001:db8:2::227'
    row(0, a, 'ff02::1:ff00:227', 'ICMPV6', 86, icmp=135)
    row(.001, v, a, 'ICMPV6', 86, icmp=136)
    for i in range(800):
        ping(.002 + i / 400, a, v, 118, proto='ICMPV6', kind=128)


def pings228(a, v):
    connect(0, v, a, 443)
    for i in range(800):
        ping(1 + i / 400, a, v)


def fragments229(a, v):
    for i in range(2400):
        row(i / 1000, a, v, 'TCP', 50, 1024 + i, 80)
        row(i / 1000 + .0001, a, v, 'IPV4', 38)


def synfins230(a, v):
    for i in range(60):
        row(i / 10, a, v, 'TCP', 58, 40230, 1 + i, 'FS')
        row(i / 10 + .001, v, a, 'TCP', 54, 1 + i, 40230, 'RA')


def names231(a, v):
    for i in range(254):
        udp(i / 100, a, '10.2.231.%d' % i, 137, 'NBNS', 92, 0, 137)


def syns232(a, v):
    for i in range(3000):
        syn(i / 600, far(i * 7), '10.2.232.232', 443, 'SA')


def connects233(a, v):
    for i in range(500):
        retry(i * .05, a, '10.2.%d.233' % (i % 250) if i < 250 else
              '10.3.%d.233' % (i % 250), 8080, 1, 3)


def acks234(a, v):
    for i in range(254):
        row(i * .02, a, '10.2.234.%d' % i, 'TCP', 54, 50234, 80, 'A')
        if i % 3:
            row(i * .02 + .01, '10.2.234.%d' % i, a, 'TCP', 54, 80, 50234, 'R')


def datagrams235(a, v):
    for i in range(254):
        row(i * .02, a, '10.2.235.%d' % i, 'UDP', 42, 50235, 40125)


def inits236(a, v):
    for i in range(254):
        row(i * .02, a, '10.2.236.%d' % i, 'SCTP', 66, 50236, 80)


def source237(a, v):
    for i in range(60):
        row(i * .05, a, v, 'UDP', 60, 53, 1000 + i)


def shell(t, a, v, sizes):
    """A connection of SSH of which these are the rows with data."""
    sport = port()
    syn(t, a, v, 22, 'SA', sport)
    row(t + .021, a, v, 'TCP', 66, sport, 22, 'A')
    for size in sizes.split():
        t += .03
        ends = (a, v, 'SSH', int(size[1:]), sport, 22)
        if size[0] == 's':
            ends = (v, a, 'SSH', int(size[1:]), 22, sport)
        row(t, *ends, 'PA')


def tries238(a, v):
    """As hydra: six on each connection; see libssh."""
    for i in range(4):
        shell(i * 15, a, v, 'c89 s107 c970 s1154 c114 s590 c82 c110 s110 c126 '
              's142' + ' c142 s142' * 6)


def phones239(a, v):
    for i in range(60):
        row(i * .1, a, '10.2.239.%d' % i, 'SIP', 460, 5060, 5060)
        if i % 3 == 0:
            row(i * .1 + .01, '10.2.239.%d' % i, a, 'ICMP', 488, icmp=3)


def storm240(a, v):
    for i in range(16000):
        row(i / 2000, far(), v, 'ARP', 60)


def names241(a, v):
    for i in range(254):
        row(i * .05, a, '10.2.241.%d' % i, 'DNS', 54, 50241, 53)


def pings242(a, v):
    for i in range(3000):
        ping(i / 2000, '10.0.%d.242' % (i % 8), v, answered=i % 2)


def clocks244(a, v):
    for i in range(254):
        row(i * .05, a, '10.2.244.%d' % i, 'NTP', 90, 50244, 123)


def answers245(a, v):
    for i in range(4000):
        row(i / 500, '198.18.0.245', v, 'DNS', 1042, 53, 33000)


# The loads; a is the host that they are about.

def camera226(a, v):
    for i in range(1200):
        row(i / 100, '198.18.0.226', a, 'WSD', 60, 443, 3702)
        row(i / 100 + .01, a, '198.18.0.226', 'WSD', 690, 3702, 443)


def download101(a, v):
    connect(0, a, '198.18.9.1', 443, sport=40101)
    send(1, '198.18.9.1', a, 'TLS', 1514, 15000, .0001, 2, dport=40101)


def video102(a, v):
    send(0, '198.18.9.2', a, 'QUIC', 1292, 10000, .0003, 40, dport=40102)


def vpn103(a, v):
    send(0, a, '198.18.9.3', 'WIREGUARD', 1450, 15000, .00005, 3, 51820, 51820)


def ssh104(a, v):
    connect(0, a, v, 22, 'SSH', 9, sport=40104)
    send(1, a, v, 'SSH', 1514, 10000, .0002, 2, 40104, 22)


def ftp105(a, v):
    t = connect(0, a, v, 21, 'FTP', 5)
    for _ in range(100):
        t = connect(t, v, a, port(), 'FTP-DATA', sport=20)


def browsers106(a, v):
    for i in range(50 * 20):
        t, b = i * .05 + R.random(), far(R.randrange(800))
        udp(t - .05, a, '10.0.1.53', 53, 'DNS', 80, 180)
        if R.random() < .03:
            syn(t, a, b, 443, R.choice(('', 'RA')))
        else:
            connect(t, a, b, 443)


def browsers107(a, v):
    for i in range(20 * 60):
        connect(i * .05, '10.0.%d.107' % (i % 20), far(R.randrange(100)), 443)


def pings108(a, v):
    for i in range(30 * 200):
        ping(i * .005, a, '10.2.%d.1' % (i % 200), 98, i % 10 > 0)


def checks109(a, v):
    for i in range(10 * 200):
        b = '10.2.%d.2' % (i % 200)
        if i % 10:
            connect(i * .05, a, b, 443, n=1)
        else:
            syn(i * .05, a, b, 443)


def torrent110(a, v):
    for i in range(800):
        t, kind = i * .05, R.random()
        dport = R.choice((6881, 51413, *(port() for _ in range(8))))
        if kind < .7:
            syn(t, a, far(), dport, '' if kind < .55 else 'RA')
        else:
            connect(t, a, far(), dport, 'BITTORRENT', 6)
        for _ in range(4):
            udp(t, a, far(), dport, 'BITTORRENT', 130,
                R.choice((0, 300)), 51413)


def resolver111(a, v):
    for i in range(2000):
        udp(i * .01, '10.0.2.%d' % (i % 100), a, 53, 'DNS', 78, 150)
        for _ in range(3):
            udp(i * .01, a, far(R.randrange(3000)), 53, 'DNS', 85,
                R.random() < .95 and 700)


def names112(a, v):
    for i in range(4000):
        udp(i * .001, '10.0.2.%d' % (i % 200), a, 53, 'DNS', 75, 140)


def mail113(a, v):
    for i in range(300):
        connect(i * .5, far(i % 150), a, 25, 'SMTP', 5)
        if i % 7:
            connect(i * .5, a, far(300 + i), 25, 'SMTP', 8)
        else:
            syn(i * .5, a, far(300 + i), 25)
        udp(i * .5, a, '10.0.1.53', 53, 'DNS', 90, 300)


def mailers114(a, v):
    for i in range(120):
        connect(R.uniform(0, 600), a, '198.18.9.14', 143, 'IMAP', 4)


def calls115(a, v):
    for i in range(10):
        b, rtp = far(i), port()
        udp(i, a, b, 5060, 'SIP', 800, 500, 5060)
        send(i, a, b, 'RTP', 214, 500, .02, 1, 16000 + 2 * i, rtp)


def conference116(a, v):
    for i in range(12 * 12):
        dport = port()
        for again in range(4):
            udp(i * .1 + again * .5, a, '192.168.%d.1' % (i // 12), dport,
                'STUN', 138, 0)
    send(20, a, '198.18.9.16', 'RTP', 900, 5000, .001, 2, 50001, 3478)


def smb117(a, v):
    connect(0, a, v, 445, 'SMB', 9, sport=40117)
    send(1, a, v, 'SMB', 1514, 10000, .0002, 2, 40117, 445)


def clocks118(a, v):
    for i in range(3000):
        udp(i * .003, far(i * 7 % 5000), a, 123, 'NTP', 90, 90)


def devices119(a, v):
    for i in range(60):
        row(i // 20 * .1, a, '239.255.255.250', 'SSDP', 216, 40119, 1900)
        row(i // 20 * .1, a, '239.255.255.250', 'UDP', 700, 40119, 3702)
        for again in range(6):
            row(.2 + again * .5, '10.0.3.%d' % i, a, 'SSDP', 400, 1900, 40119)
        row(.3, '10.0.3.%d' % i, a, 'UDP', 900, 3702, 40119)


def proxy120(a, v):
    for i in range(800):
        connect(i * .02, '10.0.2.%d' % (i % 100), a, 3128, 'HTTP')
        connect(i * .02, a, far(R.randrange(1500)), 443)


def health121(a, v):
    for i in range(20 * 60):
        b = '10.2.%d.3' % (i % 60)
        if i % 60:
            connect(i / 6, a, b, 8080, 'HTTP', 1)
        else:
            syn(i / 6, a, b, 8080, 'RA')


def sensors122(a, v):
    for i in range(100):
        t = R.uniform(0, 60)
        connect(t, a, '198.18.9.22', 1883, 'MQTT', 2, sport=40000 + i)
        for again in range(10):
            for end in ((a, '198.18.9.22', 40000 + i, 1883),
                        ('198.18.9.22', a, 1883, 40000 + i)):
                row(t + 30 + 30 * again, *end[:2], 'MQTT', 68, *end[2:], 'PA')


def queries123(a, v):
    for i in range(300):
        connect(i * .2, a, v, 3306, 'MYSQL', 6)


def traceroute124(a, v):
    for i in range(90):
        udp(i * .05, a, '198.18.9.24', 33434 + i, 'UDP', 74, 0)
        row(i * .05 + .01, far(i // 3), a, 'ICMP', 102, icmp=11)


def games125(a, v):
    for i in range(2000):
        udp(i * .005, a, far(i), 27015 + i % 20, 'UDP', 67,
            R.random() < .8 and 200, 50123)


def logons126(a, v):
    for i in range(20):
        for dport, proto in ((88, 'KRB5'), (389, 'LDAP'), (135, 'DCERPC'),
                             (49152 + i % 5, 'DCERPC')):
            connect(i * .5, a, v, dport, proto)


def take_over(a, v, dport, proto, sport):
    for i in range(6):
        t = connect(i * 20, a, v, dport, proto, 2, 80, 90, sport + i)
        send(t, a, v, 'TLS', 300, 10, .05, 1, sport + i, dport)


def mail127(a, v):
    take_over(a, v, 143, 'IMAP', 40127)


def files128(a, v):
    take_over(a, v, 21, 'FTP', 40128)


def queue129(a, v):
    for i in range(600):
        if i % 4:
            connect(i * .15, a, far(i), 25, 'SMTP', 4)
        else:
            for again in (0, 1, 3, 7, 15):
                syn(i * .15 + again, a, far(i), 25)


def relay130(a, v):
    for i in range(1500):
        b, t = far(i), R.uniform(0, 10)
        for x, y in ((a, b), (b, a)):
            row(t, x, y, 'TLS', 609, 9001, 20000 + i, 'PA')
            row(t + .03, y, x, 'TCP', 66, 20000 + i, 9001, 'A')
    for i in range(200):
        syn(i * .1, a, far(9000 + i), 9001, R.choice(('', 'RA', 'SA', 'SA')))


def builds131(a, v):
    for i in range(40):
        connect(i * 7, a, v, 22, 'SSH', 9)


def terminals132(a, v):
    for i in range(80):
        for k in range(8):
            connect(i * 3.7 + k * .3, a, v, 88, 'KRB5', 1)


def names133(a, v):
    for i in range(1200):
        udp(i * .05, a, v, 53, 'DNS', R.choice((132, 143, 152)), 180)


def gateway134(a, v):
    for k in range(6000):
        row(k / 1000, a, v, 'RTP', 214, 10000 + k % 100, 20000 + 2 * (k % 100))


def tunnels135(a, v):
    for i in range(150):
        for k in range(20):
            row(k * .05 + i * .0003, far(i), a, 'ESP', 900)
            row(k * .05 + i * .0003 + .01, a, far(i), 'ESP', 1200)


def retries136(a, v):
    for i in range(1200):
        syn(i * .05, a, v, 5432, 'RA')


def switches137(a, v):
    for i in range(250):
        sport = port()
        for k in range(20):
            udp(i * .1 + k * .02, a, '10.5.%d.%d' % (i // 200, i % 200), 161,
                'SNMP', 100, i % 10 and 900, sport)


def targets138(a, v):
    for i in range(4 * 300):
        b = '10.3.%d.%d' % (i % 300 // 200, i % 200)
        if i % 15:
            connect(i * .05, a, b, 9100, 'HTTP', 1)
        else:
            for again in (0, 1, 3):
                syn(i * .05 + again, a, b, 9100)


def balancer139(a, v):
    for i in range(60 * 40):
        b, sport = '10.6.0.%d' % (i % 40), port()
        if i % 40 < 3:
            syn(i * .05, a, b, 80, i % 2 and 'RA', sport)
        else:
            syn(i * .05, a, b, 80, 'SA', sport)
            row(i * .05 + .03, a, b, 'TCP', 54, sport, 80, 'RA')


def meetings140(a, v):
    for i in range(40):
        sport = port()
        for k in range(100):
            row(k * .1 + i * .001, far(i % 5), a, 'UDP', 1100, 8801, sport)
            row(k * .1 + i * .001 + .004, a, far(i % 5), 'UDP', 1100, sport,
                8801)


def images141(a, v):
    for i in range(60):
        connect(i * .2, a, '198.18.9.%d' % (i % 3), 443, 'TLS', 9)


def morning142(a, v):
    for i in range(300):
        t, b = i + R.random(), '10.0.%d.42' % (i % 250)
        udp(t, b, a, 389, 'CLDAP', 200, 220)
        for dport, proto in ((88, 'KRB5'), (389, 'LDAP'), (445, 'SMB'),
                             (135, 'DCERPC'), (49667, 'DCERPC')):
            connect(t + .3, b, a, dport, proto, 2)


def retry(t, a, b, dport, *after):
    """A SYN that TCP repeats in vain."""
    sport = port()
    for wait in (0, *after):
        syn(t + wait, a, b, dport, sport=sport)


def down143(a, v):
    for i in range(900):
        retry(i * .1, far(i % 600), a, 443, 1, 3, 7, 15, 31)


def down144(a, v):
    for i in range(1800):
        retry(i / 60, far(i % 1500), a, 443, 1, 3, 7)


def ipfs145(a, v):
    for i in range(1500):
        t, b, dport = i * .05, far(i), R.choice((4001, 4001, port()))
        if i % 5 < 3:
            retry(t, a, b, dport, 1, 3)
        else:
            connect(t, a, b, dport, 'TCP', 2)


def torrent146(a, v):
    for i in range(1000):
        t, b, dport = i * .08, far(i), R.choice((6881, 51413, port()))
        if i % 5 < 3:
            retry(t, a, b, dport, 1, 3)
        else:
            connect(t, a, b, dport, 'BITTORRENT', 2)


def no_ipv6_147(a, v):
    for i in range(400):
        retry(i * .1, '2001:db8:1::147', '2001:db8:%x::1' % (256 + i), 443, 1)
        connect(i * .1 + .3, a, far(i % 300), 443)


def iperf148(a, v):
    connect(0, a, v, 5201, 'TCP')
    send(.4, a, v, 'UDP', 128, 33000, .0003, sport=40148, dport=5201)


def resets149(a, v):
    for i in range(200):
        connect(i * .05, a, far(i), 443, sport=30000 + i)
    for i in range(200):
        row(300 + i * .005, far(i), a, 'TCP', 60, 443, 30000 + i, 'R')
        row(300 + i * .005, far(999 + i), a, 'TCP', 60, 443, port(), 'R')


def git150(a, v):
    for i in range(40):
        connect(i * 30, a, '198.18.9.150', 22, 'SSH', 6)


def exporters151(a, v):
    send(0, a, v, 'UDP', 1464, 6000, .002, sport=50151, dport=2055)
    send(0, a, v, 'SYSLOG', 250, 6000, .001, sport=514, dport=514)


def nagios152(a, v):
    for i in range(3 * 300):
        b = '10.4.%d.%d' % (i % 300 // 200, i % 200)
        ping(i * .2, a, b, 98, i % 300 > 10)
        if i % 300 > 10:
            connect(i * .2, a, b, 22, 'SSH', 1)


def updates153(a, v):
    for i in range(120):
        b = '10.0.2.%d' % (i + 1)
        if i % 5 < 3:
            retry(i * .6, a, b, 7680, 1, 3)
        else:
            connect(i * .6, a, b, 7680, 'TCP', 5)


def household154(a, v):
    for h in range(10):
        b = '10.0.3.%d' % h
        for i in range(100):
            row(i * .5, b, '224.0.0.251', 'MDNS', 300, 5353, 5353)
            row(i * .5, b, '239.255.255.250', 'SSDP', 179, 50000 + h, 1900)
            row(i * .5 + .1, a, b, 'SSDP', 400, 1900, 50000 + h)


def one_way(t, a, b, dport):
    """The client's side of a connection alone."""
    sport = port()
    for i, flags in enumerate(('S', 'A', 'PA', 'A', 'FA')):
        row(t + i * .02, a, b, flags == 'PA' and 'TLS' or 'TCP', 80, sport,
            dport, flags)


def outwards155(a, v):
    for i in range(800):
        one_way(i * .04, a, far(i % 600), 443)


def clients156(a, v):
    for i in range(1500):
        one_way(i * .02, far(i % 700), a, 443)


def gnutella157(a, v):
    for i in range(600):
        t, b = i * .1, far(i)
        if i % 5 < 4:
            retry(t, a, b, 6346, 1)
        else:
            connect(t, a, b, 6346, 'TCP', 2)


def reputation158(a, v):
    for i in range(150):
        udp(i * 1.2, a, v, 53, 'DNS', 200, 230)


def files159(a, v):
    for i in range(40):
        connect(i * 3.3, a, v, 21, 'FTP', 5, 80, 90)
        connect(i * 3.3 + .4, a, v, 30000 + i, 'FTP-DATA', 2)


def clocks160(a, v):
    for i in range(2000):
        udp(i * .005, far(i * 7 % 3000), a, 123, 'NTP', 290, 330)


def inwards161(a, v):
    for i in range(1500):
        t, b, sport = i * .02, far(i % 700), port()
        for k, flags in enumerate(('SA', 'A', 'PA', 'FA')):
            row(t + k * .2, b, a, flags == 'PA' and 'TLS' or 'TCP', 80, 443,
                sport, flags)


def inwards162(a, v):
    for i in range(2000):
        row(i * .02, far(R.randrange(900)), a, 'DNS',
            R.choice((90, 130, 200, 300, 450, 700)), 53, port())


def inwards163(a, v):
    for i in range(4000):
        row(i * .005, '198.18.9.63', a, 'RTP', 214, 3478, 40163)
    for i in range(12000):
        row(i * .00008, '198.18.9.64', a, 'QUIC', 1292, 443, 40164)


def inwards164(a, v):
    for i in range(1500):
        for k in range(3):
            row(i * .003 + k * .3, far(i), a, 'TLS', 200, 20000 + i, 443,
                'PA')


def clients165(a, v):
    for i in range(60):
        for k in range(20):
            for dport, proto in ((4500, 'ESP'), (1194, 'OPENVPN'),
                                 (5060, 'SIP'), (5683, 'COAP')):
                t = k * .5 + i * .002
                udp(t, far(i), a, dport, proto, 180, 300, dport)


def boots166(a, v):
    for i in range(90):
        t = R.uniform(0, 8)
        for k in range(3):
            row(t, '::', 'ff02::1:ff%02x:%x' % (i, k), 'ICMPV6', 86, icmp=135)
            row(t + 1, 'fe80::%x:%x' % (k, i), 'ff02::1', 'ICMPV6', 86,
                icmp=136)
            row(t + k, '0.0.0.0', '10.0.%d.166' % i, 'ARP', 60)
            row(t + k, 'fe80::%x' % i, 'ff02::16', 'ICMPV6', 90, icmp=143)


def files167(a, v):
    for i in range(40 * 30):
        b, sport, t = '10.0.3.%d' % (i % 40), port(), i * .006
        row(t, b, a, 'TFTP', 80, 2000 + i // 40, 69)
        for k in range(3):
            udp(t + .01 + k * .01, a, b, 2000 + i // 40, 'UDP', 1500, 60,
                sport)


def checks168(a, v):
    for i in range(600):
        connect(i * .2, a, v, 8080, 'HTTP', 1, 88)


def route169(a, v):
    for i in range(900):
        udp(i * .1, a, '198.18.9.69', 33600 + i, 'UDP', 78, 0)
        row(i * .1 + .01, far(i % 9), a, 'ICMP', 102, icmp=11)


def aborted170(a, v):
    connect(-1, a, v, 443, sport=40170)
    send(0, v, a, 'TLS', 1514, 3000, .00005, sport=443, dport=40170)
    send(.15, a, v, 'TCP', 54, 3000, .00005, sport=40170, dport=443)
    for i in range(6000):
        row(.15 + i * .00005, a, v, 'TCP', 54, 40170, 443, 'R')


def names171(a, v):
    for i in range(5000):
        udp(i * .003, '10.0.%d.171' % (i % 200), v, 53, 'DNS', 80, 0)


def sockets172(a, v):
    for i in range(200 * 3):
        for end in ((a, v, 30000 + i % 200, 8080),
                    (v, a, 8080, 30000 + i % 200)):
            row(i * .1 + end[3] / 1e6, *end[:2], 'HTTP', 73, *end[2:], 'PA')


def shares173(a, v):
    for i in range(60):
        connect(i, a, v, 445, 'SMB')


def counters174(a, v):
    for i in range(6000):
        udp(i * .005, '10.0.%d.174' % (i % 20), v, R.choice((514, 8125)),
            back=0)


def inwards175(a, v):
    for i in range(1500):
        for k in range(3):
            row(i * .02 + k * .05, far(i % 900), a, 'QUIC', 80 if k else 1292,
                20000 + i, 443)


def files176(a, v):
    for i in range(420):
        row(i / 350, a, v, 'RPC', 1514, 900, 2049)
        for k in range(1, 23):
            row(i / 350 + k * .0001, a, v, 'IPV4', 1514 if k < 22 else 370)
        row(i / 350 + .0027, v, a, 'RPC', 180, 2049, 900)


def zone177(a, v):
    connect(0, a, v, 53, 'DNS', 1, 110, sport=40177)
    send(1, v, a, 'DNS', 1514, 1500, .001, 2, 53, 40177)


def counters178(a, v):
    for i in range(6000):
        row(i / 5000, a, v, 'UDP', 80, 40178, 8125)


def boots179(a, v):
    for i in range(40):
        row(i * .3, a, v, 'TFTP', 80, 2070 + i, 69)
        row(i * .3 + .01, v, a, 'TFTP', 61, port(), 2070 + i)


def pings180(a, v):
    for i in range(300):
        ping(i * .2, a, v, 1042)


def tunnel181(a, v):
    for i in range(8250):
        row(i / 7500, a, v, 'ESP', 1514)
        row(i / 7500 + .00001, a, v, 'IPV4', 90)


def media182(a, v):
    for i in range(300):
        row(i * .05, a, '239.255.255.250', 'SSDP', 420, 1900, 1900)
        row(i * .05, a, '224.0.0.251', 'MDNS', 380, 5353, 5353)


def peers183(a, v):
    for i in range(60):
        for k in range(4):
            udp(i * .2 + k * 5, a, far(i), 500, 'ISAKMP', 350, 0, 500)


def cut184(a, v):
    """Captured without the bytes that have the flags."""
    for k in range(30):
        p = 40000 + k
        for i in range(20):
            row(k / 5 + i * .01, a, v, 'TCP', 66, p, 443)
            row(k / 5 + i * .01 + .005, v, a, 'TCP', 1514, 443, p)


def outage185(a, v):
    for i in range(220):
        retry(i * .3, a, far(i), 443, 1, 3)


def peers186(a, v):
    for i in range(300):
        if i % 3 < 2:
            retry(i * .5, a, far(i), 22556, 1, 3)
        else:
            connect(i * .5, a, far(i), 22556, 'TCP', 2)


def answers187(a, v):
    for i in range(600):
        row(i * .05, a, v, 'DNS', R.randrange(60, 200), 53, port())


def idle188(a, v):
    """Joined in the middle; the way out is down."""
    for k in range(4):
        for i in range(200):
            row(k + i * .2, a, far(i), 'TCP', 55, 40000 + i, 443, 'A')


def games189(a, v):
    for i in range(300):
        udp(i * .05, a, far(i), 27960, 'UDP', 55, 600 if i % 3 else 0, 40189)


def keys190(a, v):
    """Five keys of an agent, of which the last is good."""
    for i in range(10):
        shell(i * 20, a, v, 'c107 s107 c1626 s1154 c1274 s1630 c82 c110 s110 '
              'c126 s142 c206 s142 c566 s142 c206 s142 c206 s142 c206 s166 '
              'c374 s94 c178 s322 s250 c126 s138 c102 s158 s190 c102 c126')


def folders191(a, v):
    """Made and removed over SFTP."""
    for i in range(10):
        shell(i * 20, a, v, 'c107 s107 c1626 s1154 c1274 s1630 c82 c110 s110 '
              'c126 s142 c206 s166 c374 s94 c178 s322 s250 c118 s138 c110 s422 '
              'c134 s142 c118 s142' + ' c142 s134' * 6 + ' c134 s134' * 6)


def twice192(a, v):
    here = len(rows)
    down144(a, v)
    rows.extend(rows[here:])


def browsers193(a, v):
    """Behind a firewall that drops QUIC."""
    for i in range(400):
        t, b, sport = i * .3, far(i % 150), port()
        for again in (0, .3, .9):
            row(t + again, a, b, 'QUIC', 1292, sport, 443)
        connect(t + .4, a, b, 443)


def leases194(a, v):
    """Addresses that a server pings before it leases them."""
    for i in range(60):
        b = '10.0.%d.194' % (i + 2)
        udp(i, '10.0.1.1', a, 67, 'DHCP', 342, 342, 67)
        row(i + .01, a, b, 'ICMP', 62, icmp=8)


def phones195(a, v):
    """Their addresses at a NAT are kept, and some of them are asked."""
    for i in range(4 * 200):
        row(i * .1, a, far(i % 200), 'UDP', 46, 5060, 5060)
        if i % 9 == 0:
            udp(i * .1 + .05, a, far(i % 200), 5060, 'SIP', 480, 420, 5060)


def services196(a, v):
    """Twenty of one host, which is down in the end."""
    for i in range(10 * 20):
        if i < 100:
            connect(i * 3, a, v, 8000 + i % 20, 'HTTP', 1)
        else:
            retry(i * 3, a, v, 8000 + i % 20, 1, 3)


def checks197(a, v):
    """SSH of 60 hosts; then the way there is down."""
    for i in range(4 * 60):
        if i < 120:
            connect(i, a, '10.2.%d.197' % (i % 60), 22, 'SSH', 1)
        else:
            retry(i, a, '10.2.%d.197' % (i % 60), 22, 1, 3)


def lost198(a, v):
    """A gateway that is down, of 300 hosts."""
    for i in range(12 * 300):
        row(i / 300, '10.0.%d.198' % (i % 250), '10.0.2.%d' % (1 + i % 300 //
            250), 'ARP', 60)


def resolver199(a, v):
    """Its way out goes down."""
    for i in range(2400):
        for _ in range(2):
            udp(i * .05, a, far(R.randrange(900)), 53, 'DNS',
                R.randrange(73, 100), i < 1200 and 700)


def calls200(a, v):
    for i in range(600):
        t = i * .1
        for wait in (0, .02, R.random()):
            row(t + wait, a, v, 'SIP', 500, 5060, 5060)
            row(t + wait + .01, v, a, 'SIP', 400, 5060, 5060)


def requests243(a, v):
    """SNMP, each from a port of its own."""
    for i in range(600):
        udp(i * .03, a, v, 161, 'SNMP', 85, 90)


def main():
    for name, scene in list(globals().items()):
        n = name.rstrip('0123456789')
        if n != name and callable(scene):
            R.seed(name)
            n = name[len(n):]
            scene('10.0.1.' + n, '10.2.0.' + n)
    print('time,src,dst,proto,len,sport,dport,flags,icmp_type')
    # Times have equally many digits: the order of texts is that of times.
    print(''.join(sorted(rows)), end='')


main()
