#!/bin/bash
# Fine-tunes the four models of LiGePS-PBE-hybrid-fast to our own labels of one functional; ten minutes on one core.
#
#   reference-data/models/Li10MP2S12/fine-tune.sh PBE WORK      (needs numpy for the split; LGPS_BENCH names the program)
set -euo pipefail
functional=$1
mkdir -p "$2"
work=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
program=${LGPS_BENCH:-$here/../../../.build/release/lgps-bench}
"$here/../../datasets/split.py" "$functional" "$work"
for k in 0 1 2 3; do
    folder=$work/00$k
    mkdir -p "$folder"
    ln -sfn ../train "$folder/train"
    ln -sfn ../hold "$folder/hold"
    ln -sfn "$here/../LiGePS-PBE-hybrid-fast/model-00$k.dp" "$folder/base.dp"
    sed "s/\"seed\": 100/\"seed\": 10$k/" "$here/input.json" > "$folder/input.json"
    (cd "$folder" && "$program" train input.json --output . --threads 1 --quiet)
    mkdir -p "$here/../Li10MP2S12-$functional"
    cp "$folder/model.dp" "$here/../Li10MP2S12-$functional/model-00$k.dp"
done
tail -qn 1 "$work"/00?/models.csv
