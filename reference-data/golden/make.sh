#!/bin/bash
# Makes everything in this folder anew: the models by our writer, the rest by DeePMD-kit. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
source Benchmarks/deepmd-venv.sh
LGPS_WRITE_GOLDEN_MODELS=1 swift test --filter writeGoldenModels
"$DEEPMD/python" "$here/make.py" "$here"
"$DEEPMD/python" "$here/loss.py" "$here"
