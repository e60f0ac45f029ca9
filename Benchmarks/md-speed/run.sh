#!/bin/bash
# Measures everything of README.md and writes it anew; about a quarter of an hour on a machine left alone.
#
#   make build
#   Benchmarks/md-speed/run.sh STANDARD.dp [FOLDER]
#
# STANDARD.dp is a model of the standard net (25-50-100, axis 16, 240x3), FOLDER an ensemble of production models (default:
# reference-data/models/LiGePS-PBE). LAUNCHER, when set, is a command that every timed part is started with.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
standard=$1
folder=${2:-$here/../../reference-data/models/LiGePS-PBE}
models=("$folder"/*.dp)
${LAUNCHER:-} "$here/step_profile.py" "$standard" "${models[0]}"
${LAUNCHER:-} "$here/nets.py" "$standard" "${models[0]}"
${LAUNCHER:-} "$here/compare.py" "$standard" "${models[0]}"
${LAUNCHER:-} "$here/scaling.py" --model "$folder"
"$here/accuracy.py" "${models[0]}"
"$here/conservation.py" --model "${models[0]}" --jobs 2
"$here/report.py"
