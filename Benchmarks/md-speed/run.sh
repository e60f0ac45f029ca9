#!/bin/bash
# Measures everything of README.md and writes it anew; about half an hour on a machine left alone.
#
#   make build
#   Benchmarks/md-speed/run.sh STANDARD.dp [FOLDER] [OTHER.dp ...]
#
# STANDARD.dp is a model of the standard net (25-50-100, axis 16, 240x3), FOLDER the ensemble of production models (default:
# reference-data/models/LiGePS-PBE-hybrid-fast); what a step costs is measured for other models too. LAUNCHER, when set, is a
# command that every timed part is started with.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
standard=$1
folder=${2:-$here/../../reference-data/models/LiGePS-PBE-hybrid-fast}
others=("${@:3}")
models=("$folder"/*.dp)
${LAUNCHER:-} "$here/nets.py" "$standard" "${models[0]}" "${others[@]}"
${LAUNCHER:-} "$here/step_profile.py" "$standard" "${models[0]}"
${LAUNCHER:-} "$here/compare.py" "$standard" "${models[0]}"
${LAUNCHER:-} "$here/scaling.py" --model "$folder"
"$here/accuracy.py" "${models[@]}" --picoseconds 2
"$here/conservation.py" --model "${models[0]}" --jobs 2
"$here/report.py"
