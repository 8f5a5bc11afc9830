# jobs.sh - the jobs of pktpipe-batch, and what has become of them
# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154  # the other parts set them

# What runs where the job is sent, with the file's path: where that is not there,
# parallel has brought the file to the job's own directory.
# The status is the highest of the pipeline's programs; 1 says that rows were
# skipped, and is not one to try again.
# shellcheck disable=SC2016  # for the job's shell
job_start='export LC_ALL=C
name=${1##*/} file=${1%/./*}/${1##*/}
[ -r "$file" ] || file=./$name
'
# shellcheck disable=SC2016
job_end='
codes=("${PIPESTATUS[@]}") most=0
for code in "${codes[@]}"; do [ "$code" -le "$most" ] || most=$code; done
[ "$most" -ne 1 ] || {
	echo "pktpipe-batch: $name: rows were skipped" >&2
	most=0
}
exit "$most"'

# list_files: sets paths to the files, each as DIRECTORY/./NAME.
list_files() {
	local f folder

	paths=()
	for f in "${files[@]}"; do
		[ -r "$f" ] && [ ! -d "$f" ] || fail 3 "$f: cannot read it"
		[ ! -p "$f" ] || fail 3 "$f: a pipe, want a file: a job that" \
		    "failed is tried again"
		[[ $f = */* ]] || f=./$f
		real_path folder -e "${f%/*}/"
		paths+=("${folder%/}/./${f##*/}")
	done
}

# The pipeline and each file, its size and time: --resume wants the same.
manifest() {
	printf 'pipeline %s\n' "$pipeline" &&
	    stat -L -c '%s %Y %n' -- "${paths[@]}"
}

# open_directory: makes it, or goes on with that of an earlier run.
open_directory() {
	list_files
	if [ -z "$resume" ]; then
		[ ! -e "$dir/joblog" ] || fail 2 "$dir has a batch:" \
		    "want --resume, or another directory"
		mkdir -p -- "$dir/parts" || fail 3 "$dir: cannot make it"
		manifest > "$dir/manifest" || fail 3 "$dir/manifest: cannot write"
	else
		[ -e "$dir/manifest" ] || fail 3 "$dir: no batch to resume"
		manifest | cmp -s - "$dir/manifest" || fail 2 "$dir: its batch" \
		    "has another pipeline or other files: want another directory"
	fi
	real_path dir -e "$dir"
	# Its own lock: a file in it may be a link of another user.
	exec 9< "$dir"
	flock -n 9 || fail 3 "$dir: another pktpipe-batch runs in it"
}

# everywhere: whether each host has each file, as on a shared disk.
everywhere() {
	local host

	for host in ${hosts//,/ }; do
		# shellcheck disable=SC2016  # for the host's shell
		printf '%s\0' "${paths[@]}" | $PARALLEL_SSH "$host" \
		    'xargs -0 sh -c '\''for f; do test -r "$f" || exit 1; done'\'' sh' \
		    2> /dev/null || return
	done
}

# run_jobs: has parallel run what is not done yet.  Its process group is its
# own, so that one signal ends it and its jobs.  If the script is killed, parallel
# starts no more of them; it and its jobs hold the lock until they have ended.
run_jobs() {
	local with=(--will-cite --no-notice --joblog "$dir/joblog" -0 -q
	    --results "$dir/parts/{#}" --retries "$retries") text

	[ "$jobs" -eq 0 ] || with+=(-j "$jobs")
	[ -z "$resume" ] || with+=(--resume-failed)
	[ ! -t 2 ] || with+=(--bar)
	if [ -n "$hosts" ]; then
		: "${PARALLEL_SSH:=ssh -o BatchMode=yes -o ConnectTimeout=10 \
		    -o ServerAliveInterval=15 -o ServerAliveCountMax=3}"
		export PARALLEL_SSH
		with+=(-S ":,$hosts")
		everywhere ||
		    with+=(--workdir ... --cleanup --transferfile '{}')
	fi
	text=$job_start$job$job_end
	set -m
	printf '%s\0' "${paths[@]}" |
	    setpriv --pdeathsig TERM parallel "${with[@]}" \
	    bash -c "$text" job '{}' > /dev/null &
	running=$!
	set +m
	# The number of failed jobs is read from the job log.
	wait "$running" || true
	running=''
}

# read_joblog: sets done_jobs and failed_jobs to numbers of jobs, and ran_on
# to how many of the done ones each host ran.  The last line of a job counts.
read_joblog() {
	local state n host
	declare -gA ran_on=()

	done_jobs=() failed_jobs=()
	while IFS=$'\t' read -r state n host; do
		if [ "$state" = done ]; then
			done_jobs+=("$n")
			ran_on[$host]=$((${ran_on[$host]-0} + 1))
		else
			failed_jobs+=("$n")
		fi
	done < <(awk -F'\t' -v all="${#paths[@]}" '
	    NR > 1 { ok[$1] = $7 == 0 && $8 == 0; host[$1] = $2 }
	    END { for (i = 1; i <= all; i++)
		printf "%s\t%d\t%s\n", ok[i] ? "done" : "failed", i, host[i] }' \
	    "$dir/joblog")
	wait "$!" || fail 3 "$dir/joblog: cannot read it"
}
