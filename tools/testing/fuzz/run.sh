#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh SECONDS COMMAND...: runs each fuzzer for so long, one after the other, from the seeds and
# from what earlier runs have learned. A COMMAND is one argument: the program, or an emulator and
# the program. Exit status 1 when one did not run to its end: when it found something, its input is
# kept, and the line to replay it with is printed.

seconds=$1
shift
out=build/fuzz
status=0
mkdir -p $out/found $out/logs

# number LABEL FILE: the last number behind the label, 0 when there is none.
number() {
	sed -n "s/.*$1 *\([0-9][0-9]*\).*/\1/p" "$2" | tail -n 1 | grep . || echo 0
}

# verdict STATUS LOG: what happened. A fuzzer that was started says first which seed it uses.
verdict() {
	if [ "$1" = 0 ]; then
		echo "nothing found"
	elif grep -q 'Test unit written to' "$2"; then
		echo FOUND
	elif grep -q 'INFO: Seed:' "$2"; then
		echo "ended with status $1, no input kept"
	else
		echo "could not start"
	fi
}

count=0
for command; do
	program=${command##* }
	name=$(basename "$program")
	label=$name-$(basename "$(dirname "$program")")
	log=$out/logs/$label.log
	count=$((count + 1))
	mkdir -p "$out/corpus/$name"
	# A list of files: a 32-bit program under an emulator may not be able to read a folder.
	find "$out/corpus/$name" "$out/seeds/$name" -type f | paste -s -d, >"$log.seeds"
	printf '[%2d/%d] %-12s %s s ... ' $count $# "$label" "$seconds"
	# shellcheck disable=SC2086 # a command is a list of words
	$command -max_total_time="$seconds" -timeout=20 -use_value_profile=1 \
		-print_final_stats=1 -artifact_prefix="$out/found/$label-" \
		-seed_inputs="@$log.seeds" "$out/corpus/$name" >"$log" 2>&1
	verdict=$(verdict $? "$log")
	printf '%s seeds, %s inputs, %s edges: %s\n' "$(number 'seed corpus: files:' "$log")" \
		"$(number number_of_executed_units: "$log")" "$(number 'cov:' "$log")" "$verdict"
	[ "$verdict" = "nothing found" ] && continue
	status=1
	{ grep -m 1 -E 'runtime error|not true|ERROR: ' "$log" || head -n 1 "$log"; } |
		sed 's/^/        /'
	input=$(sed -n 's/.*Test unit written to //p' "$log")
	[ -z "$input" ] || echo "        replay: $command $input"
	echo "        log:    $log"
done
exit $status
