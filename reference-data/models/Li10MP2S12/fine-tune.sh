#!/bin/bash
# Fine-tunes the four models of LiGePS-PBE-hybrid-fast to our own labels of one functional; five minutes on two cores.
#
#   reference-data/models/Li10MP2S12/fine-tune.sh PBE WORK      (needs numpy for the split; LGPS_BENCH names the program)
set -euo pipefail
functional=$1
mkdir -p "$2"
work=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
program=${LGPS_BENCH:-$here/../../../.build/release/lgps-bench}
"$here/../../datasets/split.py" "$functional" "$work"
ln -sfn "$here/../LiGePS-PBE-hybrid-fast" "$work/base"
cp "$here/input.json" "$work"
"$program" train "$work/input.json" --output "$work"
mkdir -p "$here/../Li10MP2S12-$functional"
for k in 0 1 2 3; do cp "$work/00$k/model.dp" "$here/../Li10MP2S12-$functional/model-00$k.dp"; done
cat "$work/models.csv"
