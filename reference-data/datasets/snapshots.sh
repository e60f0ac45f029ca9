#!/bin/bash
# Makes snapshots.extxyz: 30 snapshots of 50 atoms of Li10GeP2S12 at 300 to 1200 K, the frames of the `-md` datasets.
#
# For each temperature one run from the ordered and one from a disordered crystal, NVT, 2 fs, in the prototype's cell
# expanded from 300 K; frames at 5, 8 and 11 ps. The order goes through all temperatures and both kinds before it comes
# to the second frames, so that every beginning of the file is balanced.
#
#     reference-data/datasets/snapshots.sh        (LGPS_BENCH names the program, default .build/release/lgps-bench)
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${LGPS_BENCH:-.build/release/lgps-bench}
model=reference-data/models/LiGePS-PBE/model-000.dp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runs=()
for temperature in 300 700 1200 500 900; do
    for kind in ordered disordered; do
        run=$work/$kind-$temperature
        options=(--input reference-data/structures/lgps-ordered.vasp --temperature "$temperature" --seed "$temperature")
        if [ "$kind" = disordered ]; then options+=(--disorder); fi
        "$program" structure "$run.vasp" "${options[@]}" --quiet
        cat > "$run.json" <<JSON
{"ensemble": "nvt", "temperature": $temperature, "timestep": 0.002, "steps": 5500, "seed": $temperature,
 "output": {"trajectory": {"format": "extxyz", "interval": 500, "wrapped": true}}}
JSON
        "$program" md "$run.json" --structure "$run.vasp" --model "$model" --threads 1 --output "$run" --quiet
        runs+=("$run")
    done
done
# Frames 5, 8 and 11 of each run: every one has 50 atoms and two lines more.
for frame in 5 8 11; do
    for run in "${runs[@]}"; do
        awk -v frame="$frame" 'int((NR - 1) / 52) == frame' "$run/trajectory.extxyz"
    done
done > "$work/snapshots.extxyz"
mv "$work/snapshots.extxyz" reference-data/datasets/snapshots.extxyz
