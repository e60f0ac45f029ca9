# Sourced by scripts that need DeePMD-kit: sets DEEPMD to the bin folder of a virtual environment that has it.
#
# LGPS_DEEPMD_VENV names an existing environment; otherwise .venv-deepmd is made in the checkout (about 2 GB).
# LGPS_DEEPMD_VERSION asks for another version than the one that the committed results were made with.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=${LGPS_DEEPMD_VENV:-$root/.venv-deepmd}
if [ ! -x "$venv/bin/dp" ]; then
    if [ -n "${LGPS_DEEPMD_VENV:-}" ]; then
        echo "LGPS_DEEPMD_VENV=$venv has no bin/dp: name an environment with DeePMD-kit, or leave it unset" >&2
        exit 2
    fi
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet "deepmd-kit[cpu,lmp]==${LGPS_DEEPMD_VERSION:-3.2.0}"
fi
DEEPMD=$venv/bin
# Quiet TensorFlow, and keep its own threads out of comparisons.
export TF_CPP_MIN_LOG_LEVEL=3 TF_ENABLE_ONEDNN_OPTS=0 OMP_NUM_THREADS=1 DP_INTRA_OP_PARALLELISM_THREADS=1 \
    DP_INTER_OP_PARALLELISM_THREADS=1
