#!/usr/bin/env bash
# Time per training step of DeePMD-kit and of lgps-bench, one after the other: same net (the paper's), data, batch (1 frame).
#
#   Benchmarks/training/compare.sh DATA [STEPS] [THREADS] [FOLDER]
#
# DATA is a folder of deepmd/npy systems. LGPS_BENCH names the program (default: the release build); for LGPS_DEEPMD_VENV
# see Benchmarks/deepmd-venv.sh; PRECISION is float64 (default) or float32. DeePMD-kit's time is its own "average training time"; ours is read from models.csv.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "$1" && pwd)
steps=${2:-300}
threads=${3:-2}
work=${4:-$(mktemp -d)}
# Of DeePMD-kit's nets (its default is float64); our gradients are float32 in both cases.
precision=${PRECISION:-float64}
source "$here/../deepmd-venv.sh"
bench=${LGPS_BENCH:-$root/.build/release/lgps-bench}
mkdir -p "$work/ours" "$work/theirs"
cat > "$work/input.json" <<JSON
{"model": {"type_map": ["Li", "Ge", "P", "S"],
  "descriptor": {"type": "se_e2_a", "rcut": 6.0, "rcut_smth": 0.5, "sel": [40, 8, 12, 44], "neuron": [25, 50, 100],
                 "axis_neuron": 16, "resnet_dt": false, "type_one_side": true, "precision": "$precision", "seed": 1},
  "fitting_net": {"neuron": [240, 240, 240], "resnet_dt": true, "precision": "$precision", "seed": 1}},
 "learning_rate": {"type": "exp", "start_lr": 0.001, "stop_lr": 1e-5, "decay_steps": 50},
 "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 1, "start_pref_v": 0.02, "limit_pref_v": 1},
 "training": {"training_data": {"systems": "$data", "batch_size": 1}, "numb_steps": $steps, "disp_freq": 50, "save_freq": $steps, "seed": 1}}
JSON
(cd "$work/theirs" && OMP_NUM_THREADS=$threads DP_INTRA_OP_PARALLELISM_THREADS=$threads TF_ENABLE_ONEDNN_OPTS=1 \
    "$DEEPMD/dp" train --skip-neighbor-stat ../input.json > log 2>&1)
"$bench" train "$work/input.json" --output "$work/ours" --threads "$threads" --quiet
theirs=$(grep -o "average training time: [0-9.]*" "$work/theirs/log" | tail -1 | grep -o "[0-9.]*$")
ours=$(tail -1 "$work/ours/models.csv" | awk -F, -v n="$steps" '{print $NF / n}')
echo "program,precision,threads,steps,seconds_per_step"
echo "DeePMD-kit,$precision,$threads,$steps,$theirs"
echo "lgps-bench,float32,$threads,$steps,$ours"
