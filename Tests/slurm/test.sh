#!/bin/bash
# The Slurm engine on a real cluster of one node, in which things go wrong; findings must be those of the local engine, bit
# for bit, but for measured times.
#   test.sh [CASE...]     smoke chunks killed node controller driver limit interrupt refusal storm loop; all by default
# LGPS_BENCH names another program than .build/release/lgps-bench.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${LGPS_BENCH:-$here/../../.build/release/lgps-bench}")
work=$(mktemp -d)
cluster=$work/cluster
export SLURM_CONF=$cluster/slurm.conf KILL=$work/kill SBATCH_LOG=$work/sbatch.log STORE
mkdir "$work/bin"
for name in sbatch squeue scancel scontrol; do ln -s "$here/wrapper.sh" "$work/bin/$name"; done
driver=
finish() {
    local code=$?
    if (( code )); then tail -n 40 "$work"/*/log.txt "$cluster"/slurmctld.log >&2 2>/dev/null || true; fi
    [ -z "$driver" ] || kill -9 "$driver" 2>/dev/null || true
    "$here/cluster.sh" stop "$cluster"
    rm -rf "$work"
    exit $code
}
trap finish EXIT
fail() { echo "FAILED: $case: $*" >&2; exit 1; }

# Five elements an array, so that every case has several.
"$here/cluster.sh" start "$cluster" 5
node=$(sinfo -h -o %n)
machine() {   # machine [TIME_LIMIT] [PARTITION]
    cat > "$work/machine.json" <<JSON
{"machine": {"batch_type": "Slurm", "context_type": "LazyLocalContext"},
 "resources": {"queue_name": "${2:-main}", "group_size": 1, "time_limit": "${1:-60}"},
 "slurm": {"poll_seconds": 2, "longest_poll_seconds": 5, "patience_seconds": 10}}
JSON
}

# prepare NAME PROFILE EXPERIMENT...: what is run, and where
prepare() {
    output=$work/$1 STORE=$work/$1/store profile=$2
    mkdir -p "$output"
    arguments=(all --profile "$2" --fresh --quiet --output "$output")
    shift 2
    for experiment; do arguments+=(--only "$experiment"); done
}
local_run() { "$program" "${arguments[@]}" >> "$output/log.txt" 2>&1; }
slurm_run() { PATH=$work/bin:$PATH "$program" "${arguments[@]}" --engine slurm --machine "$work/machine.json" >> "$output/log.txt" 2>&1; }
slurm_start() {
    PATH=$work/bin:$PATH "$program" "${arguments[@]}" --engine slurm --machine "$work/machine.json" >> "$output/log.txt" 2>&1 &
    driver=$!
}
slurm_wait() { wait "$driver" || fail "the driver ended with code $?"; driver=; }

until_true() {   # until_true SECONDS WHAT COMMAND...
    local seconds=$1 what=$2
    shift 2
    for _ in $(seq $((seconds * 5))); do "$@" > /dev/null 2>&1 && return 0; sleep 0.2; done
    fail "waited in vain for $what"
}
in_state() { /usr/bin/env squeue -h -r -o '%T' | grep -q "$1"; }
worker() { pgrep -f "work --quiet $STORE" | tail -n 1; }
outcomes() { ls "$STORE/outcomes" 2>/dev/null | wc -l; }
submitted() { grep -o 'array=0-[0-9]*' "$SBATCH_LOG" | awk -F- '{ n += $2 + 1 } END { print n + 0 }'; }

# Everything but times: findings, and what is in the outcomes.
essence() {
    jq -S '[.findings[] | select(.id | startswith("speed/") | not)]' "$1/findings.json"
    for file in "$1"/store/outcomes/*.json; do jq -S 'select(.kind | startswith("step-times") | not) | {key, content}' "$file"; done
}
reference() {   # the local engine's, once for each profile
    local name=local-$(basename "$profile" .json)
    if [ ! -d "$work/$name" ]; then
        (prepare "$name" "$profile" "$@"; local_run)
    fi
    essence "$work/$name" > "$work/expected"
    essence "$output" > "$work/found"
    cmp "$work/expected" "$work/found" || fail "something else was found than by the local engine"
    [ "$(squeue -h --states=R,PD | wc -l)" = 0 ] || fail "jobs are left"
}
runs=(experiment convergence)
begin() { case=$1; : > "$SBATCH_LOG"; start=$SECONDS; rm -f "$KILL"; machine; prepare "$1" "${2:-$here/profile.json}" "${@:3}"; }
passed() { echo "passed: $case ($((SECONDS - start)) s, $(submitted) jobs in $(wc -l < "$SBATCH_LOG") arrays, $(outcomes) calculations)"; }

kill_worker() {
    until_true 120 "a worker" worker
    sleep 1
    kill -9 "$(worker)"
}
fail_node() {
    until_true 120 "a running job" in_state RUNNING
    scontrol update nodename="$node" state=down reason=test
    until_true 60 "the requeue" in_state PENDING
    # The node has to be done with the jobs; Slurm would wait for two minutes.
    sleep 10
    until_true 60 "the node" node_is_up
    for job in $(squeue -h -r --states=PD -o %i); do scontrol update jobid="$job" starttime=now || true; done
}
node_is_up() {
    case $(sinfo -h -o %t) in
    idle | mix | alloc) true ;;
    *) scontrol update nodename="$node" state=resume && false ;;
    esac
}
stop_controller() {
    "$here/cluster.sh" stop-controller "$cluster"
    sleep 30
    "$here/cluster.sh" start-controller "$cluster"
    until_true 60 "the node" node_is_up
}
kill_driver_at_five_places() {
    for place in before-sbatch after-sbatch first-poll running first-exit; do
        echo "$place" > "$KILL"
        if slurm_run; then fail "the driver was not killed: $place"; fi
        [ ! -e "$KILL" ] || fail "the driver ended otherwise: $place"
    done
}

run_smoke() {
    begin smoke smoke
    slurm_run
    reference
}
run_chunks() {
    begin chunks "$here/profile.json" "${runs[@]}"
    slurm_run
    reference "${runs[@]}"
    [ "$(wc -l < "$SBATCH_LOG")" = 2 ] && [ "$(submitted)" = 8 ] || fail "eight runs are an array of five and one of three"
}
run_killed() {
    begin killed "$here/profile.json" "${runs[@]}"
    slurm_start
    kill_worker
    slurm_wait
    reference "${runs[@]}"
    [ "$(submitted)" = 9 ] || fail "one job is submitted again"
}
run_node() {
    begin node "$here/profile.json" "${runs[@]}"
    slurm_start
    fail_node
    slurm_wait
    reference "${runs[@]}"
    [ "$(submitted)" = 8 ] || fail "Slurm requeues, nobody submits again"
}
run_controller() {
    begin controller "$here/profile.json" "${runs[@]}"
    slurm_start
    until_true 120 "a running job" in_state RUNNING
    stop_controller
    slurm_wait
    reference "${runs[@]}"
    [ "$(submitted)" = 8 ] || fail "nothing is submitted again"
}
run_driver() {
    begin driver "$here/profile.json" "${runs[@]}"
    kill_driver_at_five_places
    slurm_run
    reference "${runs[@]}"
    [ "$(submitted)" = 8 ] || fail "nothing is submitted twice"
}
run_limit() {
    # A limit of two minutes, of which the signal takes one; the run takes three.
    sed 's/"temperatures": .*"replicas": 2, "picoseconds": 10/"temperatures": [1000], "picoseconds": '"${LIMIT_PICOSECONDS:-450}"'/' \
        "$here/profile.json" > "$work/long.json"
    begin limit "$work/long.json" "${runs[@]}"
    machine 2
    slurm_run
    reference "${runs[@]}"
    [ "$(submitted)" -gt 1 ] || fail "the run did not meet its limit: set LIMIT_PICOSECONDS to three minutes' worth"
}
run_interrupt() {
    begin interrupt "$here/profile.json" "${runs[@]}"
    arguments=("${arguments[@]/--quiet/}")
    arguments=(${arguments[@]})
    slurm_start
    until_true 120 "a running job" in_state RUNNING
    sleep 3
    kill -INT "$driver"
    code=0
    wait "$driver" || code=$?
    driver=
    [ $code = 130 ] || fail "the driver ended with code $code"
    grep -q "squeue --name=lgps-" "$output/log.txt" && grep -q "scancel --name=lgps-" "$output/log.txt" || fail "it does not say how to see jobs"
    in_state RUNNING || fail "no job runs on"
    "$program" status "$STORE" | grep -q "with Slurm: squeue --name=lgps-" || fail "status does not show the jobs"
    slurm_run
    reference "${runs[@]}"
    [ "$(submitted)" = 8 ] || fail "nothing is submitted twice"
}
run_refusal() {
    begin refusal "$here/profile.json" "${runs[@]}"
    refused() {   # refused WORDS
        code=0
        "${@:2}" || code=$?
        [ $code = 2 ] || fail "a refusal ends with code $code"
        grep -q "$1" "$output/log.txt" || fail "the error does not say: $1"
    }
    machine 60 nowhere
    refused "Invalid partition name specified" slurm_run
    echo '{"machine": {"batch_type": "Slurm", "context_type": "SSHContext"}, "resources": {}}' > "$work/machine.json"
    refused "SSHContext" slurm_run
    machine
    without_slurm() { PATH=/nowhere "$program" "${arguments[@]}" --engine slurm --machine "$work/machine.json" >> "$output/log.txt" 2>&1; }
    refused "PATH has no sbatch" without_slurm
    # What was refused goes on when it is mended.
    slurm_run
    reference "${runs[@]}"
}
run_storm() {
    begin storm "$here/profile.json" "${runs[@]}"
    kill_driver_at_five_places
    slurm_start
    kill_worker
    fail_node
    stop_controller
    slurm_wait
    reference "${runs[@]}"
}

run_loop() {   # concurrent learning with a model as labeller, the driver killed while it trains, explores and labels
    begin loop
    local stage='"machine": {"batch_type": "Slurm"}, "resources": {"queue_name": "main", "group_size": 1, "time_limit": "60"}'
    cat > "$work/machine.json" <<JSON
{"train": [{"command": "dp", $stage}], "model_devi": [{"command": "lmp", $stage}], "fp": [{"command": "dp", $stage}],
 "slurm": {"poll_seconds": 2, "longest_poll_seconds": 5, "patience_seconds": 10}}
JSON
    local models=$here/../../reference-data
    cp "$here/loop.json" "$output/param.json"
    cp "$models/structures/lgps-ordered.vasp" "$output/ordered.vasp"
    cp "$models/models/LiGePS-PBE/model-000.dp" "$output/teacher.dp"
    "$program" label --code model --model "$output/teacher.dp" --perturbed Ge --count 6 --strain 0.02 --output "$output/labels" --quiet
    arguments=(dpgen "$output/param.json" --quiet)
    slurm=("$work/machine.json" --output "$output/slurm")
    "$program" "${arguments[@]}" --output "$output/local" >> "$output/log.txt" 2>&1
    STORE=$output/slurm/store
    kills=0
    for line in "" "0 2" "0 5" "1 2"; do
        PATH=$work/bin:$PATH "$program" "${arguments[@]}" "${slurm[@]}" >> "$output/log.txt" 2>&1 &
        driver=$!
        # In each stage once something of it is with Slurm.
        until_true 120 "the record '$line'" is_recorded "$line"
        sleep 3
        kill -9 "$driver" && kills=$((kills + 1))
        wait "$driver" 2>/dev/null || true
    done
    driver=
    (( kills == 4 )) || fail "the loop ended before it could be killed"
    PATH=$work/bin:$PATH "$program" "${arguments[@]}" "${slurm[@]}" >> "$output/log.txt" 2>&1
    for name in local slurm; do
        jq -S '[.iterations[] | {models, labels, systems}], .end' "$output/$name/learning.json" > "$work/$name.txt"
    done
    cmp "$work/local.txt" "$work/slurm.txt" || fail "the loop has learned something else than without Slurm"
    cmp "$output/local/record.dpgen" "$output/slurm/record.dpgen" || fail "the record differs"
    [ "$(squeue -h --states=R,PD | wc -l)" = 0 ] || fail "jobs are left"
}
is_recorded() { [ -z "$1" ] || grep -qx "$1" "$output/slurm/record.dpgen" 2>/dev/null; }

cases=("$@")
(( $# )) || cases=(smoke chunks killed node controller driver interrupt refusal limit storm loop)
for name in "${cases[@]}"; do
    "run_$name"
    passed
done
