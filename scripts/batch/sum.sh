# sum.sh - the sum of the parts, and the closing lines of pktpipe-batch
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# write_sum: the last program of the pipeline sums the parts of the done jobs.
write_sum() {
	local code=0

	[ ${#done_jobs[@]} -gt 0 ] || return 0
	(cd -- "$dir/parts" && exec bash -c "$merge \"\$@\"" merge \
	    "${done_jobs[@]}") || code=$?
	[ "$code" -le "$status" ] || status=$code
}

# report: what the jobs said, which failed, and one line of numbers.
report() {
	local n host said skipped=0 where=''

	for ((n = 1; n <= ${#paths[@]}; n++)); do
		[ ! -s "$dir/parts/$n.err" ] || cat -- "$dir/parts/$n.err" >&2
	done
	for n in ${done_jobs[@]+"${done_jobs[@]}"}; do
		said=$(< "$dir/parts/$n.err")
		[[ $said$'\n' != *': rows were skipped'$'\n'* ]] ||
		    skipped=$((skipped + 1))
	done
	for n in ${failed_jobs[@]+"${failed_jobs[@]}"}; do
		say "${paths[n - 1]/\/.\//\/}: failed; it is not in the sum"
	done
	for host in "${!ran_on[@]}"; do
		where+=", ${ran_on[$host]} on ${host/#:/this host}"
	done
	[ ${#paths[@]} -eq 1 ] && n='1 job' || n="${#paths[@]} jobs"
	say "$n$where, ${#failed_jobs[@]} failed, $skipped with" \
	    "rows skipped"
	[ "$skipped" -eq 0 ] || [ "$status" -gt 1 ] || status=1
	[ ${#failed_jobs[@]} -gt 0 ] || return 0
	status=3
	[ -z "$out" ] || say "--resume tries the failed ones again"
}
