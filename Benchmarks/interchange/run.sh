#!/bin/bash
# Do models that lgps-bench writes load in DeePMD-kit and give the same numbers? Writes results.md and results.csv here.
#
#   Benchmarks/interchange/run.sh [MODEL ...]      (default: the models of reference-data)
#
# Makes a virtual environment with DeePMD-kit, or uses the one that LGPS_DEEPMD_VENV names. LGPS_BENCH names the program to
# test; otherwise it is built.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
source Benchmarks/deepmd-venv.sh
if [ -z "${LGPS_BENCH:-}" ]; then
    swift build -c release --product lgps-bench
    LGPS_BENCH=$(swift build -c release --show-bin-path)/lgps-bench
fi
if [ $# -eq 0 ]; then
    shopt -s nullglob
    set -- reference-data/golden/*.{yaml,dp} reference-data/models/*/*.{yaml,dp}
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for model in "$@"; do
    name=$(basename "$(dirname "$model")")-$(basename "${model%.*}")
    folder=$work/$name
    mkdir "$folder"
    cp "$model" "$folder/original.${model##*.}"
    "$LGPS_BENCH" convert --quiet "$model" "$folder/written-yaml.yaml"
    "$LGPS_BENCH" convert --quiet "$model" "$folder/written-dp.dp"
    # Through text and back: the same bytes as without.
    "$LGPS_BENCH" convert --quiet "$folder/written-yaml.yaml" "$folder/again.dp"
    cmp "$folder/again.dp" "$folder/written-dp.dp"
    rm "$folder/again.dp"
    for file in "$folder"/*; do
        if ! "$DEEPMD/dp" convert-backend "$file" "${file%.*}.pb" > "$work/log" 2>&1; then
            cat "$work/log" >&2
            exit 1
        fi
    done
    for system in crystal cluster; do
        "$LGPS_BENCH" evaluate --quiet --model "$folder/written-dp.dp" \
            --data "reference-data/golden/predictions/one-sided/$system" --detail "$folder/$system"
    done
done
"$DEEPMD/python" "$here/compare.py" "$work" reference-data/golden/predictions/one-sided "$here"
cat "$here/results.md"
