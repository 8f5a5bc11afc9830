# split.awk - tallies of seconds into a file for each block of time
# In: tally rows with a header, in order of time.  The first time is noted in
# "captured" as the start of a capture.
# -v block=SECONDS -v past=COMMAND: runs with the start of a new block
# SPDX-License-Identifier: ISC
BEGIN { FS = "," }

$1 == "time" {
	header = $0
	next
}

{
	start = int($1 / block) * block
	if (file == "")
		print $1 ",on" >> "captured"
	if (file == "" || start > now) {
		if (file != "")
			close(file)
		now = start
		file = "s/" sprintf("%.0f", now)
		system(past " " sprintf("%.0f", now))
		print header >> file
	}
	print >> file
	if ($1 != time) {
		fflush()
		fflush(file)
	}
	time = $1
}
