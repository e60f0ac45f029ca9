#!/bin/bash
# Makes diffusion.h5, the stored trajectory of the check `diffusion`: Li10GeP2S12, 50 atoms, disordered, in the cell of experiment
# expanded to 1200 K; NVT, 2 fs, 60 ps, a frame every 0.1 ps; model 000 of reference-data/models/LiGePS-PBE. A minute of one core.
#
#     reference-data/baselines/inputs/trajectory.sh        (LGPS_BENCH names the program, default .build/release/lgps-bench)
#
# Another processor gives another trajectory: baselines are then to be updated.
set -euo pipefail
cd "$(dirname "$0")/../../.."
program=${LGPS_BENCH:-.build/release/lgps-bench}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" structure "$work/start.vasp" --disorder --temperature 1200 --seed 2021 --quiet
cat > "$work/md.json" <<JSON
{"ensemble": "nvt", "temperature": 1200, "timestep": 0.002, "steps": 30000, "seed": 2021,
 "output": {"trajectory": {"format": "h5md", "interval": 50}}}
JSON
"$program" md "$work/md.json" --structure "$work/start.vasp" --model reference-data/models/LiGePS-PBE/model-000.dp \
    --threads 1 --output "$work/run" --quiet
mv "$work/run/trajectory.h5" reference-data/baselines/inputs/diffusion.h5
