#!/bin/bash
# Makes the data of dpgen-teacher.json: init/, 20 perturbed cells of Li10GeP2S12, and hold-out/, snapshots at 300, 500, 700 and
# 1000 K, ordered and disordered, of runs that no loop sees. Both are labelled by the teacher.
#
#     reference-data/protocols/teacher/make.sh        (LGPS_BENCH names the program, default .build/release/lgps-bench)
set -euo pipefail
cd "$(dirname "$0")/../../.."
program=${LGPS_BENCH:-.build/release/lgps-bench}
teacher=reference-data/models/LiGePS-PBE-hybrid-fast/model-000.dp
target=reference-data/protocols/teacher
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" label run --code model --model "$teacher" --perturbed Ge --count 20 --strain 0.03 --displacement 0.2 \
    --output "$work/init" --quiet
rm -rf "$target/init" "$target/hold-out"
cp -r "$work/init/model" "$target/init"
for temperature in 300 500 700 1000; do
    for kind in ordered disordered; do
        run=$work/$kind-$temperature
        options=(--temperature "$temperature" --seed "$temperature")
        if [ "$kind" = disordered ]; then options+=(--disorder); fi
        "$program" structure "$run.vasp" "${options[@]}" --quiet
        cat > "$run.json" <<JSON
{"ensemble": "nvt", "temperature": $temperature, "timestep": 0.002, "steps": 4000, "seed": $temperature,
 "output": {"trajectory": {"format": "extxyz", "interval": 500, "wrapped": true}}}
JSON
        "$program" md "$run.json" --structure "$run.vasp" --model "$teacher" --threads 1 --output "$run" --quiet
        # Frames at 5 to 8 ps: every one has 50 atoms and two lines more.
        awk 'NR > 5 * 52' "$run/trajectory.extxyz" > "$work/$temperature-$kind.extxyz"
        "$program" label run --code model --model "$teacher" --trajectory "$work/$temperature-$kind.extxyz" \
            --output "$work/label-$temperature-$kind" --quiet
        mkdir -p "$target/hold-out/$temperature"
        mv "$work/label-$temperature-$kind"/model/* "$target/hold-out/$temperature/$kind"
    done
done
