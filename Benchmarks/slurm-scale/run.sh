#!/bin/bash
# The Slurm engine on a simulated cluster; writes results.csv beside this script. Options: those of `slurm-scale drive`
# and `slurm-scale cluster` by environment (JOBS, NODES, SECONDS_EACH, TROUBLE, DEAF).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
swift build -c release --product slurm-scale
program=.build/release/slurm-scale
folder=$(mktemp -d)
trap 'touch "$folder/stop"; wait; rm -rf "$folder"' EXIT
mkdir "$folder"/{submitted,cancelled}
touch "$folder/queue"
cat > "$folder/machine.json" <<JSON
{"machine": {"batch_type": "Slurm"}, "resources": {}, "slurm": {"max_jobs": ${JOBS:-10000}}}
JSON
export PATH=$here/bin:$PATH PLAYED_CLUSTER=$folder PLAYED_DEAF=${DEAF:-5}
$program cluster "$folder" --nodes "${NODES:-200}" --trouble "${TROUBLE:-1}" &
$program drive "$folder" --jobs "${JOBS:-10000}" --seconds "${SECONDS_EACH:-4}" --output "${OUTPUT:-$here/results.csv}"
