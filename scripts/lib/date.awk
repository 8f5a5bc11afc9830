# date.awk - a time as a date
# SPDX-License-Identifier: ISC

# date(T, OFFSET): "1969-12-31 23:59:59.750000" of -0.25 s since the epoch, so
# many seconds east of UTC; see Howard Hinnant's civil_from_days, whose years
# start in March.
function date(t, offset,	point, micros, s, day, era, year, month) {
	point = index(t ".", ".")
	micros = substr(substr(t, point + 1) "000000", 1, 6) + 0
	s = substr(t, 1, point - 1) + offset + 719468 * 86400
	if (t ~ /^-/ && micros > 0) {
		s--
		micros = 1000000 - micros
	}
	day = int(s / 86400)
	s -= day * 86400
	era = int(day / 146097)
	day -= era * 146097
	year = int((day - int(day / 1460) + int(day / 36524) - \
	    int(day / 146096)) / 365)
	day -= 365 * year + int(year / 4) - int(year / 100)
	month = int((5 * day + 2) / 153)
	day -= int((153 * month + 2) / 5) - 1
	return sprintf("%04d-%02d-%02d %02d:%02d:%02d.%06d", \
	    year + era * 400 + (month > 9), (month + 2) % 12 + 1, day, \
	    int(s / 3600), int(s % 3600 / 60), s % 60, micros)
}
