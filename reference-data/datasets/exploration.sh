#!/bin/bash
# Makes WORK/exploration.extxyz: snapshots of 50 atoms of Li10GeP2S12, Li10SiP2S12 and Li10SnP2S12 at 300 to 1200 K, driven by
# our own model of all three metals, for labels that go beyond the first datasets.
#
# For each metal, arrangement (ordered, disordered) and temperature one run at the experimental cell expanded from 300 K (NVT)
# and one at zero pressure (NPT); 2 fs steps; frames at 5, 8 and 11 ps. The file goes through all metals, arrangements,
# ensembles and temperatures before it comes to the second frames, so that every beginning of it is balanced.
#
#     reference-data/datasets/exploration.sh WORK     (LGPS_BENCH names the program, default .build/release/lgps-bench)
set -euo pipefail
work=$(realpath -m "${1:?a folder for the runs}")
cd "$(dirname "$0")/../.."
program=${LGPS_BENCH:-.build/release/lgps-bench}
model=reference-data/models/Li10MP2S12-PBE/model-000.dp
mkdir -p "$work"
runs=()
for temperature in 700 300 1200 500 900; do
    for ensemble in nvt npt; do
        for kind in disordered ordered; do
            for metal in Si Sn Ge; do
                run=$work/$metal-$kind-$ensemble-$temperature
                runs+=("$run")
                if [ -e "$run/done" ]; then continue; fi
                options=(--material "$metal" --temperature "$temperature" --seed "$temperature")
                # The other of the two arrangements of 50 atoms for each ensemble.
                if [ "$kind" = disordered ]; then options+=(--disorder --arrangement "$([ "$ensemble" = nvt ] && echo 0 || echo 1)"); fi
                "$program" structure "$run.vasp" "${options[@]}" --quiet
                cat > "$run.json" <<JSON
{"ensemble": "$ensemble", "temperature": $temperature, "timestep": 0.002, "steps": 5500, "seed": $temperature,
 "output": {"trajectory": {"format": "extxyz", "interval": 500, "wrapped": true}}}
JSON
                "$program" md "$run.json" --structure "$run.vasp" --model "$model" --threads 1 --output "$run" --quiet
                touch "$run/done"
            done
        done
    done
done
# Frames 5, 8 and 11 of each run: every one has 50 atoms and two lines more.
for frame in 5 8 11; do
    for run in "${runs[@]}"; do
        awk -v frame="$frame" 'int((NR - 1) / 52) == frame' "$run/trajectory.extxyz"
    done
done > "$work/exploration.tmp"
mv "$work/exploration.tmp" "$work/exploration.extxyz"
