#!/usr/bin/env python3
"""Time per MD step of lgps-bench beside LAMMPS + DeePMD-kit: same model, same 900 atoms, same NVT run, in turn.

Start-up is left out: LAMMPS's own loop time of a second run counts, and for lgps-bench the difference of the wall times
of two lengths. Rounds alternate the programs, so that a drift of the machine meets all of them; medians are reported.

    make build
    Benchmarks/md-speed/compare.py --model MODEL.dp [--rounds 5]

DeePMD-kit comes from Benchmarks/deepmd-venv.sh: the environment LGPS_DEEPMD_VENV, or one made there.
"""
import argparse
import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TEMPERATURE = 600.0

LAMMPS_INPUT = """units metal
boundary p p p
atom_style atomic
read_data cell.data
pair_style deepmd {model}
pair_coeff * * {elements}
neighbor 2.0 bin
neigh_modify every 10 delay 0 check no
velocity all create {temperature} 4711 mom yes rot no loop geom
fix 1 all nvt temp {temperature} {temperature} 0.2 tchain 3
timestep 0.002
thermo 100
run 10
run {steps}
"""


def environment():
    """The folder of a virtual environment with DeePMD-kit and its LAMMPS (LGPS_DEEPMD_VENV, or made)."""
    script = f". '{HERE.parent / 'deepmd-venv.sh'}' >&2 && echo $DEEPMD"
    output = subprocess.run(["bash", "-c", script], check=True, stdout=subprocess.PIPE, text=True).stdout
    return Path(output.strip()).parent


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


def prepare(work, model, venv, binary):
    """The cell and the model in both programs' formats; returns LAMMPS's model and the elements."""
    run = lambda *command: subprocess.run([str(c) for c in command], cwd=work, check=True, capture_output=True)
    run(binary, "structure", "cell.data", "--supercell", "3x3x2")
    run(binary, "structure", "cell.vasp", "--supercell", "3x3x2")
    run(binary, "structure", "frame.data", "--supercell", "1x1x1")
    run(venv / "bin" / "python", "-c", FRAME_PROGRAM)
    run(venv / "bin" / "dp", "convert-backend", model, "model.pb")
    run(binary, "convert", model, "model.yaml")
    script = json.loads(describe(work, venv))
    script["training"] = {"training_data": {"systems": ["frame"], "batch_size": 1}, "numb_steps": 1}
    (work / "input.json").write_text(json.dumps(script))
    run(venv / "bin" / "dp", "compress", "-i", "model.pb", "-o", "compressed.pb", "-t", "input.json")
    return "compressed.pb", " ".join(script["model"]["type_map"])


def describe(work, venv):
    """The input.json that the model corresponds to, as far as `dp compress` needs it."""
    program = (
        "import json,yaml;m=yaml.safe_load(open('model.yaml'))['model'];d=m['descriptor'];f=m['fitting'];"
        "print(json.dumps({'model':{'type_map':m['type_map'],'descriptor':{'type':'se_e2_a','rcut':d['rcut'],"
        "'rcut_smth':d['rcut_smth'],'sel':d['sel'],'neuron':d['neuron'],'axis_neuron':d['axis_neuron'],"
        "'type_one_side':d['type_one_side']},'fitting_net':{'neuron':f['neuron']}},"
        "'learning_rate':{'type':'exp','start_lr':0.001,'stop_lr':1e-6,'decay_steps':100},'loss':{}}))"
    )
    return subprocess.run([venv / "bin" / "python", "-c", program], cwd=work, check=True, capture_output=True,
                          text=True).stdout


class Lammps:
    """LAMMPS with DeePMD-kit on `threads` threads or `ranks` ranks."""

    def __init__(self, work, venv, model, elements, threads=1, ranks=1):
        self.name = f"LAMMPS + DeePMD-kit, compressed, {ranks} ranks" if ranks > 1 else (
            f"LAMMPS + DeePMD-kit, compressed, {threads} thread{'s' * (threads > 1)}")
        self.cores = threads * ranks
        self.work, self.venv, self.model, self.elements, self.ranks = work, venv, model, elements, ranks
        self.variables = {
            "OMP_NUM_THREADS": threads, "TF_INTRA_OP_PARALLELISM_THREADS": threads,
            "DP_INTRA_OP_PARALLELISM_THREADS": threads, "TF_INTER_OP_PARALLELISM_THREADS": 1,
            "DP_INTER_OP_PARALLELISM_THREADS": 1, "TF_CPP_MIN_LOG_LEVEL": 3}

    def milliseconds(self, steps):
        (self.work / "in.lammps").write_text(LAMMPS_INPUT.format(
            model=self.model, elements=self.elements, steps=steps, temperature=TEMPERATURE))
        launcher = [self.venv / "bin" / "mpiexec", "-n", str(self.ranks)] if self.ranks > 1 else []
        env = {**os.environ, **{k: str(v) for k, v in self.variables.items()}}
        env["PATH"] = f"{self.venv / 'bin'}:{env['PATH']}"
        command = [*launcher, self.venv / "bin" / "lmp", "-in", "in.lammps", "-log", "none"]
        output = subprocess.run([str(c) for c in command], cwd=self.work, env=env, check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        loops = [line.split() for line in output.splitlines() if line.startswith("Loop time")]
        return 1000 * float(loops[-1][3]) / steps


class Ours:
    """lgps-bench md on `threads` threads."""

    def __init__(self, work, binary, model, threads):
        self.name = f"lgps-bench, {threads} thread{'s' * (threads > 1)}"
        self.cores = threads
        self.work, self.binary, self.model, self.threads = work, binary, model, threads

    def milliseconds(self, steps):
        short = steps // 6
        return 1000 * (self.seconds(steps) - self.seconds(short)) / (steps - short)

    def seconds(self, steps):
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            config = {
                "ensemble": "nvt", "temperature": TEMPERATURE, "timestep": 0.002, "steps": steps,
                "thermostat": {"relaxation_time": 0.2, "chain_length": 3}, "checkpoint_interval": 100000,
                "output": {"thermo_interval": 100}}
            (Path(folder) / "md.json").write_text(json.dumps(config))
            start = time.perf_counter()
            subprocess.run(
                [self.binary, "md", "md.json", "--structure", self.work / "cell.vasp", "--model", self.model,
                 "--threads", str(self.threads), "--output", "run", "--quiet"], cwd=folder, check=True)
            return time.perf_counter() - start


def main():
    # A shell may hold OpenBLAS to other kernels than it would choose for this processor.
    os.environ.pop("OPENBLAS_CORETYPE", None)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="a DeePMD-kit .dp model")
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/lgps-bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    venv, binary, model = environment(), arguments.binary.resolve(), arguments.model.resolve()

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        compressed, elements = prepare(work, model, venv, binary)
        runs = [(Lammps(work, venv, compressed, elements, threads=1), 40),
                (Lammps(work, venv, compressed, elements, threads=2), 40),
                (Lammps(work, venv, compressed, elements, ranks=2), 40),
                (Ours(work, binary, model, 1), 600), (Ours(work, binary, model, 2), 600)]
        rows = []
        for round_number in range(1, arguments.rounds + 1):
            for program, steps in runs:
                milliseconds = program.milliseconds(steps)
                rows.append((round_number, program.name, program.cores, milliseconds))
                print(f"round {round_number}: {program.name}: {milliseconds:.2f} ms/step", flush=True)
        write(arguments, rows, [program for program, _ in runs])


def write(arguments, rows, programs):
    arguments.output.mkdir(parents=True, exist_ok=True)
    with open(arguments.output / "raw.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["round", "program", "cores", "ms_per_step"])
        writer.writerows((r, n, c, f"{m:.3f}") for r, n, c, m in rows)
    medians = {p.name: statistics.median(m for _, n, _, m in rows if n == p.name) for p in programs}
    best = {c: min(m for p, m in zip(programs, medians.values()) if p.cores == c and isinstance(p, Lammps))
            for c in (1, 2)}
    lines = [
        "# Time per MD step beside LAMMPS + DeePMD-kit", "",
        f"900 atoms of Li10GeP2S12 (3x3x2), NVT at 600 K, 2 fs, model {arguments.model.parent.name}/{arguments.model.name}; "
        f"medians of {arguments.rounds} rounds.", "",
        "| program | cores | ms/step | least to most | LAMMPS's best on as many cores over it |", "|---|---|---|---|---|"]
    for program in programs:
        values = [m for _, n, _, m in rows if n == program.name]
        ratio = best[program.cores] / medians[program.name]
        lines.append(f"| {program.name} | {program.cores} | {medians[program.name]:.2f} | "
                     f"{min(values):.2f} to {max(values):.2f} | {ratio:.1f} |")
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                     platform.processor())
    lines += ["", f"Machine: {processor}, {os.cpu_count()} cores. Raw numbers: raw.csv. Command:", "",
              f"    Benchmarks/md-speed/compare.py --model {arguments.model.parent.name}/{arguments.model.name} "
              f"--rounds {arguments.rounds}", ""]
    (arguments.output / "README.md").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
