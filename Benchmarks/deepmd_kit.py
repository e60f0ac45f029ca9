"""DeePMD-kit and its LAMMPS, for the comparisons: the virtual environment, our models in their format, runs."""
import os
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent
ROOT = BENCHMARKS.parent
BINARY = ROOT / ".build/release/lgps-bench"


def environment():
    """The folder of a virtual environment with DeePMD-kit and LAMMPS (LGPS_DEEPMD_VENV, or made by deepmd-venv.sh)."""
    script = f". '{BENCHMARKS / 'deepmd-venv.sh'}' >&2 && echo $DEEPMD"
    output = subprocess.run(["bash", "-c", script], check=True, stdout=subprocess.PIPE, text=True).stdout
    return Path(output.strip()).parent


def use_environment():
    """Starts the running script again in the virtual environment, which has numpy, unless it runs there already."""
    venv = environment()
    if Path(sys.prefix).resolve() != venv.resolve():
        python = str(venv / "bin/python")
        os.execv(python, [python, *sys.argv])
    return venv


def program_environment():
    """Variables for our program: a shell may hold OpenBLAS to other kernels than it would choose for this processor."""
    return {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}


# A folder of training data with the one frame of frame.data, enough for `dp compress` to learn the shortest distance.
FRAME_PROGRAM = """
import os, numpy
lines = open('frame.data').read().splitlines()
size = [float(line.split()[1]) for line in lines if line.endswith(('xhi', 'yhi', 'zhi'))]
start = next(i for i, line in enumerate(lines) if line.startswith('Atoms')) + 2
atoms = sorted([line.split() for line in lines[start:start + 50]], key=lambda a: int(a[0]))
os.makedirs('frame/set.000')
numpy.savetxt('frame/type.raw', [int(a[1]) - 1 for a in atoms], fmt='%d')
numpy.save('frame/set.000/coord.npy', [[float(x) for a in atoms for x in a[2:5]]])
numpy.save('frame/set.000/box.npy', [numpy.diag(size).ravel()])
numpy.save('frame/set.000/energy.npy', [0.0])
numpy.save('frame/set.000/force.npy', [[0.0] * 150])
"""

# The input.json that a model corresponds to, as far as `dp compress` needs it.
INPUT_PROGRAM = """
import json, yaml
model = yaml.load(open('model.yaml'), yaml.CSafeLoader)['model']
descriptor, fitting = model['descriptor'], model['fitting']
keys = ('type', 'rcut', 'rcut_smth', 'sel', 'neuron', 'axis_neuron', 'type_one_side', 'list')
def known(part):
    return {key: [known(p) for p in part[key]] if key == 'list' else part[key] for key in keys if key in part}
json.dump({'model': {'type_map': model['type_map'], 'descriptor': known(descriptor),
                     'fitting_net': {'neuron': fitting['neuron']}},
           'training': {'training_data': {'systems': ['frame'], 'batch_size': 1}, 'numb_steps': 1},
           'learning_rate': {'type': 'exp', 'start_lr': 0.001, 'stop_lr': 1e-6, 'decay_steps': 100}, 'loss': {}},
          open('input.json', 'w'))
print(' '.join(model['type_map']))
"""


def compress(model, work, venv, binary=BINARY):
    """Writes work/model.pb and work/compressed.pb, `model` (.dp) converted and compressed by DeePMD-kit; returns its elements in
    order."""
    def run(*command):
        result = subprocess.run([str(c) for c in command], cwd=work, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{result.stderr[-2000:]}")
        return result.stdout

    run(binary, "structure", "frame.data", "--supercell", "1x1x1")
    run(venv / "bin/python", "-c", FRAME_PROGRAM)
    run(venv / "bin/dp", "convert-backend", model, "model.pb")
    run(binary, "convert", model, "model.yaml")
    elements = run(venv / "bin/python", "-c", INPUT_PROGRAM).strip()
    run(venv / "bin/dp", "compress", "-i", "model.pb", "-o", "compressed.pb", "-t", "input.json")
    return elements


def is_hybrid(work):
    """Whether the model that `compress` has converted in `work` has a three-body part."""
    return '"hybrid"' in (Path(work) / "input.json").read_text()


def lammps(work, venv, script, threads=1, ranks=1):
    """Runs LAMMPS on `threads` threads or `ranks` ranks; returns what it printed."""
    variables = {
        "OMP_NUM_THREADS": threads, "TF_INTRA_OP_PARALLELISM_THREADS": threads,
        "DP_INTRA_OP_PARALLELISM_THREADS": threads, "TF_INTER_OP_PARALLELISM_THREADS": 1,
        "DP_INTER_OP_PARALLELISM_THREADS": 1, "TF_CPP_MIN_LOG_LEVEL": 3}
    launcher = [venv / "bin/mpiexec", "-n", str(ranks)] if ranks > 1 else []
    env = {**program_environment(), **{name: str(value) for name, value in variables.items()}}
    env["PATH"] = f"{venv / 'bin'}:{env['PATH']}"
    command = [*launcher, venv / "bin/lmp", "-in", script, "-log", "none"]
    result = subprocess.run([str(c) for c in command], cwd=work, env=env, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"LAMMPS failed in {work}:\n{result.stdout[-1500:]}\n{result.stderr[-1500:]}")
    return result.stdout


def processor():
    """The processor's name and the number of cores."""
    with open("/proc/cpuinfo") as file:
        name = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "unknown")
    return f"{name}, {os.cpu_count()} cores"
