# usual.awk - the scores of one series, slowly, from the equations alone
#
# In: time,value without a header, in order, UTC; dt, the seconds of a bin.
# Out: time,value,low,high,score, as rateflag --scores writes them, in full
# precision.  The names are those of rateflag(1).
# SPDX-License-Identifier: ISC

function abs(v) { return v < 0 ? -v : v }
function max(a, b) { return a > b ? a : b }
function min(a, b) { return a < b ? a : b }
function root(v) { return v < 0 ? -sqrt(-v) : sqrt(v) }
function square(v) { return v < 0 ? -v * v : v * v }
function log10(v) { return log(v) / log(10) }

function limit(e) { return max(-E, min(E, e)) }

# The histogram h: n[h] values, lo[h], hi[h], c[h, 0..15], far[h] far outside.
function place(h, v) { return int((v - lo[h]) / (hi[h] - lo[h]) * 16) }
function inside(h, v) {
	return lo[h] == hi[h] ? v == lo[h] : v >= lo[h] && v < hi[h]
}
function is_far(h, v) {
	return n[h] >= 50 && lo[h] < hi[h] && (v >= lo[h] + 16 * (hi[h] - lo[h]) ||
	    v < hi[h] - 16 * (hi[h] - lo[h]))
}
function rare(h, v,	p, i) {
	if (n[h] == 0) {
		n[h] = 1; lo[h] = hi[h] = v; c[h, 0] = 1
		return 0
	}
	p = 0
	if (inside(h, v))
		p = c[h, lo[h] == hi[h] ? 0 : place(h, v)]
	else if (is_far(h, v))
		p = far[h]
	p = p > 0 ? p / (n[h] + 1) : 1 / (16 * (n[h] + 1))
	if (is_far(h, v) && far[h] + 1 <= n[h] / 100) {
		far[h]++; n[h]++
		return -log10(p)
	}
	was_far = is_far(h, v)
	while (!inside(h, v))
		widen(h, v)
	i = lo[h] == hi[h] ? 0 : place(h, v)
	c[h, i]++
	n[h]++
	if (was_far) { c[h, i] += far[h]; far[h] = 0 }
	return -log10(p)
}
function widen(h, v,	i, old, up, d) {
	if (lo[h] == hi[h]) {
		old = c[h, 0]; c[h, 0] = 0
		d = v - lo[h]
		if (d > 0) { hi[h] = v + d; c[h, 0] = old }
		else { hi[h] += -d * 1e-12; lo[h] = v + d; c[h, 15] = old }
		return
	}
	up = v >= hi[h]
	for (i = 0; i < 8; i++)
		pair[i] = c[h, 2 * i] + c[h, 2 * i + 1]
	for (i = 0; i < 16; i++)
		c[h, i] = up ? (i < 8 ? pair[i] : 0) : (i < 8 ? 0 : pair[i - 8])
	if (up) hi[h] += hi[h] - lo[h]
	else lo[h] -= hi[h] - lo[h]
}
function halve(h,	i, low, high, mid) {
	low = high = 0
	for (i = 0; i < 16; i++) {
		c[h, i] /= 2
		if (i < 8) low += c[h, i]
		else high += c[h, i]
	}
	far[h] /= 2
	n[h] = low + high + far[h]
	if (lo[h] == hi[h] || low + high <= 10 || (low >= 0.3 && high >= 0.3))
		return
	for (i = 0; i < 8; i++)
		part[i] = c[h, (low < 0.3 ? 8 : 0) + i] / 2
	for (i = 0; i < 16; i++)
		c[h, i] = part[int(i / 2)]
	mid = (lo[h] + hi[h]) / 2
	if (low < 0.3) lo[h] = mid
	else hi[h] = mid
}

BEGIN {
	FS = ","
	T = 3
	k = min(1, dt / 300)
	ns = max(1, 1800 / dt)
}
{
	t = $1; x = $2; y = root(x)
	if (i == 0) { first = t; L0 = L1 = L2 = y; xm = y }
	days = (t - first) / 86400
	d = int(t % 86400 / 1800)
	w = int(t % 604800 / 1800)
	e0 = y - L0
	e1 = y - L1 - day[d]
	e2 = y - L2 - week[w]
	e = e0; best = 0.9 * M0
	if (days > 2 && seen[d] > ns && M1 < best) { e = e1; best = 0.9 * M1 }
	if (days > 14 && weeks[w] > 0 && M2 < best) e = e2
	q = 1
	if (days > 2 && M > 0)
		q = dev[d] > 0 ? min(10, max(1, M / dev[d])) : 10
	E = i < 50 ? 1e300 : 24 * B
	s += (min(E, q * abs(e)) - s) / 8
	amount = B > 0 ? min(6, 2 * s / B) : 0
	z = y - e + limit(e)
	xm += (z - xm) / 6
	a = rare("x", x)
	b = rare("m", xm)
	level = min(6, max(a, b))
	if (x == 0 && zero) {
		b = 1 / (16 * (min(i, 1000 / k) + 1))
		level = max(level, min(6, -log10(max(zeros, b))))
	}
	often = zeros
	zeros += (zero - zeros) * max(k / 1000, 1 / (i + 2))
	zero = x == 0
	if (i < 50) amount = level = 0
	half = (T + hA) / 2 * B / q
	low = max(0, square(y - e - half))
	high = max(0, square(y - e + half))
	held = at > 0 && i + 1 - at <= 120
	dA = amount - hA >= T; dL = level - hL >= T
	due = held ? !open && dA && dL : dA || dL
	score = held && !due ? 0 : max(0, max(amount - hA, level - hL))
	if (level >= T || (amount >= T && abs(e) >= T / 2 * B / q) ||
	    (open && silent && x == 0))
		matched = i + 1
	if (due && days >= 2) {
		at = i + 1
		if (!open)
			silent = x == 0 && often <= 0.01
		open = 1
	} else {
		dA = dL = 0
		if (i + 1 - matched >= 10)
			open = 0
	}
	hA *= 1 - k / 8000
	hL *= 1 - k / 8000
	if (dA) hA = min(2, hA + 0.2)
	if (dL) hL = min(2, hL + 0.2)
	printf "%s,%s,%.9g,%.9g,%.6f\n", t, x, low, high, score

	e = limit(e); e0 = limit(e0); e1 = limit(e1); e2 = limit(e2)
	if (i < 50) B += (4.6 * s - B) / (i + 1)
	else {
		b = max(0.05 * k, 2 / (i + 2))
		B *= s > B ? 1 + 0.99 * b : 1 - 0.01 * b
	}
	B = max(B, 0.0001 * (1 + abs(z)))
	M += max(0.001 * k, 1 / (i + 2)) * (abs(e) - M)
	r = max(0.002 * k, 1 / (i + 2))
	M0 += r * (abs(e0) - M0)
	M1 += r * (abs(e1) - M1)
	M2 += r * (abs(e2) - M2)
	r = max(0.2 / ns, 1 / (seen[d] + 2))
	day[d] += r * e1
	dev[d] += r * (abs(e) - dev[d])
	seen[d]++
	week[w] += max(0.3 / ns, 1 / (weeks[w] + 2)) * e2
	weeks[w]++
	L0 += max(0.02, 1 / (i + 2)) * e0
	r = max(0.003 * k, 1 / (i + 2))
	L1 += r * e1
	L2 += r * e2
	i++
	if (i % int(2000 / k) == 0) { halve("x"); halve("m") }
}
