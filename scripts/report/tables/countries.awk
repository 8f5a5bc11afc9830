# countries.awk - packets and bytes from and to each country
# In: sums by src_country, then sums by dst_country.  Out: the bytes of both, a
# tab, and country,packets_from,bytes_from,packets_to,bytes_to.
# SPDX-License-Identifier: ISC
FNR == 1 {
	side++
	next
}
match($0, /,[0-9]+,[0-9]+$/) {
	country = substr($0, 1, RSTART - 1)
	sums[side, country] = substr($0, RSTART + 1)
	split(sums[side, country], sum, ",")
	bytes[country] += sum[2]
}
END {
	for (country in bytes)
		printf "%.0f\t%s,%s,%s\n", bytes[country], country,
		    of(1, country), of(2, country)
}
function of(side, country) {
	return (side, country) in sums ? sums[side, country] : "0,0"
}
