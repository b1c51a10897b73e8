#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh SECONDS PROGRAM...: runs each fuzzer for so long, one after the other, from the seeds and
# from what earlier runs have learned. Exit status 1 when one has found something: its input is
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

count=0
for program; do
	name=$(basename "$program")
	label=$name-$(basename "$(dirname "$program")")
	log=$out/logs/$label.log
	count=$((count + 1))
	mkdir -p "$out/corpus/$name"
	printf '[%2d/%d] %-12s %s s ... ' $count $# "$label" "$seconds"
	if "$program" -max_total_time="$seconds" -timeout=20 -use_value_profile=1 \
		-print_final_stats=1 -artifact_prefix="$out/found/$label-" \
		"$out/corpus/$name" "$out/seeds/$name" >"$log" 2>&1; then
		verdict="nothing found"
	else
		verdict=FOUND
		status=1
	fi
	printf '%s inputs, %s edges: %s\n' "$(number number_of_executed_units: "$log")" \
		"$(number 'cov:' "$log")" "$verdict"
	[ "$verdict" = FOUND ] || continue
	grep -m 1 -E 'runtime error|not true|ERROR: ' "$log" | sed 's/^/        /'
	input=$(sed -n 's/.*Test unit written to //p' "$log")
	printf '        replay: %s %s\n        log:    %s\n' "$program" "$input" "$log"
done
exit $status
