#!/usr/bin/env python3
"""What accuracy costs: hold-out errors of short trainings against the time of an MD step, over cutoffs and sizes of nets.

    make build
    Benchmarks/training/sizes.py train --data DATA --work WORK [--jobs 2]   hours on two cores; stops and goes on
    Benchmarks/training/sizes.py time --work WORK                           on a machine left alone
    Benchmarks/training/sizes.py table --work WORK                          results/sizes.csv, sizes.svg, sizes.png

DATA holds the deepmd/npy systems of LiGePS-SSE-PBE; HOLD_OUT below is never trained on. Every net has the same seed,
optimiser, schedule and number of steps; only the production nets are trained to the end.
"""
import argparse
import csv
import json
import os
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STEPS = 6000
HOLD_OUT = ["LiGePS-iter.000003-data.003", "LiGePS-iter.000010-data.018", "LiGePS-iter.000013-data.021",
            "iter.000001_02.fp_data.001"]
# Neighbours by type (Li, Ge, P, S), no fewer than the data have.
SEL = {6.0: [28, 8, 9, 30], 8.0: [60, 20, 20, 66], 10.0: [112, 36, 36, 128]}
STANDARD = "r6-100x16-240"
# Cutoff (Å), embedding net, axis, width of the three layers of the fitting net.
NETS = {
    "r6-64x16-128": (6.0, [16, 32, 64], 16, 128),
    STANDARD: (6.0, [25, 50, 100], 16, 240),
    "r8-64x16-128": (8.0, [16, 32, 64], 16, 128),
    "r8-32x16-128": (8.0, [16, 32, 32], 16, 128),
    "r8-64x8-128": (8.0, [16, 32, 64], 8, 128),
    "r8-64x16-64": (8.0, [16, 32, 64], 16, 64),
    "r8-64x16-32": (8.0, [16, 32, 64], 16, 32),
    "r8-32x16-64": (8.0, [16, 32, 32], 16, 64),
    "r8-128x16-64": (8.0, [32, 64, 128], 16, 64),
    "r10-64x16-128": (10.0, [16, 32, 64], 16, 128),
}


def training_input(name, work, steps=STEPS):
    cutoff, neuron, axis, width = NETS[name]
    return {
        "model": {
            "type_map": ["Li", "Ge", "P", "S"],
            "descriptor": {"type": "se_e2_a", "rcut": cutoff, "rcut_smth": 0.5, "sel": SEL[cutoff], "neuron": neuron,
                           "axis_neuron": axis, "resnet_dt": False, "type_one_side": False, "seed": 1,
                           "precision": "float32"},
            "fitting_net": {"neuron": [width] * 3, "resnet_dt": True, "seed": 1, "precision": "float32"}},
        "learning_rate": {"type": "cosine", "start_lr": 0.01, "stop_lr": 1e-5, "warmup_steps": 200},
        "optimizer": {"type": "HybridMuon", "weight_decay": 0, "adam_beta2": 0.999, "momentum": 0.95},
        "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 1, "start_pref_v": 0.02,
                 "limit_pref_v": 0.05},
        "training": {
            "training_data": {"systems": str(work / "train"), "batch_size": "mixed:400"},
            "validation_data": {"systems": str(work / "hold")}, "numb_steps": steps, "disp_freq": 1000,
            "save_freq": 1000, "seed": 100, "enable_ema": True, "ema_decay": 0.998},
        "lgps_bench": {"models": 1, "table_intervals": 128, "validation_freq": steps, "initial_nets": "deepmd"}}


def split(data, work):
    """Links to the systems, apart from the hold-out."""
    for system in sorted(path.parent for path in data.rglob("type.raw")):
        # The first system lies one folder deeper than the others.
        name = system.parent.name if system.name == "system" else system.name
        link = work / ("hold" if name in HOLD_OUT else "train") / name
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.exists():
            link.symlink_to(system.resolve())


def train(arguments):
    split(arguments.data, arguments.work)

    def run(name):
        folder = arguments.work / name
        if (folder / "models.csv").exists():
            return
        folder.mkdir(exist_ok=True)
        (folder / "input.json").write_text(json.dumps(training_input(name, arguments.work), indent=1))
        restart = ["--restart"] if (folder / "model.ckpt").exists() else []
        subprocess.run([arguments.binary, "train", "input.json", "--output", ".", "--threads", "1", "--quiet", *restart],
                       cwd=folder, check=True)
        print(name, (folder / "models.csv").read_text().splitlines()[-1], flush=True)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(run, arguments.nets or NETS))


def seconds(binary, folder, model, cell, threads, steps):
    """Wall time of an NVT run of 900 atoms."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        config = {"ensemble": "nvt", "temperature": 600.0, "timestep": 0.002, "steps": steps,
                  "thermostat": {"relaxation_time": 0.2, "chain_length": 3}, "checkpoint_interval": 100000,
                  "output": {"thermo_interval": 100}}
        (Path(place) / "md.json").write_text(json.dumps(config))
        start = time.perf_counter()
        subprocess.run([binary, "md", "md.json", "--structure", cell, "--model", model, "--threads", str(threads),
                        "--output", "run", "--quiet"], cwd=place, check=True)
        return time.perf_counter() - start


def measure(arguments):
    """times.csv: milliseconds a step; nets in turn, so that a drift of the machine meets all of them."""
    cell = arguments.work / "cell.vasp"
    if not cell.exists():
        subprocess.run([arguments.binary, "structure", cell, "--supercell", "3x3x2"], check=True, capture_output=True)
    names = [n for n in NETS if (arguments.work / n / "models.csv").exists()]
    with open(arguments.work / "times.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["net", "threads", "round", "ms_per_step"])
        for number in range(1, arguments.rounds + 1):
            for name in names:
                for threads in (1, 2):
                    run = lambda n: seconds(arguments.binary, arguments.work, arguments.work / name / "model.dp", cell,
                                            threads, n)
                    milliseconds = 1000 * (run(240) - run(40)) / 200
                    writer.writerow([name, threads, number, f"{milliseconds:.3f}"])
                    file.flush()


def multiplications(name):
    """Of one atom's fitting net, forward."""
    _, neuron, axis, width = NETS[name]
    return neuron[-1] * axis * width + 2 * width * width + width


def table(arguments):
    arguments.output.mkdir(parents=True, exist_ok=True)
    times = list(csv.DictReader(open(arguments.work / "times.csv")))
    rows = []
    for name, (cutoff, neuron, axis, width) in NETS.items():
        if not (arguments.work / name / "models.csv").exists():
            continue
        errors = list(csv.DictReader(open(arguments.work / name / "models.csv")))[-1]
        median = [statistics.median(float(t["ms_per_step"]) for t in times
                                    if t["net"] == name and t["threads"] == str(n)) for n in (1, 2)]
        rows.append([name, cutoff, "-".join(map(str, neuron)), axis, width, multiplications(name),
                     *[errors[key] for key in list(errors)[2:4]], *[f"{m:.2f}" for m in median]])
    with open(arguments.output / "sizes.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["net", "rcut_A", "neuron", "axis_neuron", "fitting_width", "fitting_multiplications",
                         "energy_rmse_meV_atom", "force_rmse_meV_A", "ms_per_step_1_thread", "ms_per_step_2_threads"])
        writer.writerows(rows)
    draw(arguments.output, rows)


def draw(output, rows):
    points = lambda cutoff: "\n".join(f"{r[8]} {r[7]} {r[0][r[0].index('-') + 1:]}" for r in rows if r[1] == cutoff)
    blocks = "".join(f"${'r%d' % cutoff} << EOD\n{points(cutoff)}\nEOD\n" for cutoff in SEL)
    script = blocks + """set encoding utf8
set xlabel 'Time per MD step of 900 atoms on one thread (ms)'
set ylabel 'Force RMSE on the hold-out (meV/Å)'
set key top right
set grid
set logscale x
set xrange [4:40]
set yrange [72:90]
set xtics (5, 6, 7, 8, 10, 15, 20, 30)
plot $r6 u 1:2 w p pt 7 ps 1.4 lc rgb '#d55e00' t 'rcut 6 Å', '' u 1:2:3 w labels left offset 1,0.2 font ',11' notitle, \\
     $r8 u 1:2 w p pt 5 ps 1.4 lc rgb '#0072b2' t 'rcut 8 Å', '' u 1:2:3 w labels left offset 1,0.2 font ',11' notitle, \\
     $r10 u 1:2 w p pt 9 ps 1.4 lc rgb '#009e73' t 'rcut 10 Å', '' u 1:2:3 w labels left offset 1,0.2 font ',11' notitle
"""
    for terminal, name in (("svg size 800,560 font 'Arial,13'", "sizes.svg"),
                           ("pngcairo size 1200,840 font 'Liberation Sans,18'", "sizes.png")):
        subprocess.run(["gnuplot"], input=f"set terminal {terminal}\nset output '{output / name}'\n{script}", text=True,
                       check=True)


def main():
    # A shell may hold OpenBLAS to other kernels than it would choose for this processor.
    os.environ.pop("OPENBLAS_CORETYPE", None)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["train", "time", "table"])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--nets", nargs="*", choices=list(NETS), help="(default: all)")
    parser.add_argument("--jobs", type=int, default=1, help="trainings at a time, one thread each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=Path, default=ROOT / ".build/release/lgps-bench")
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    arguments.work = arguments.work.resolve()
    arguments.binary = arguments.binary.resolve()
    if arguments.action == "train":
        if arguments.data is None:
            parser.error("train needs --data")
        arguments.work.mkdir(parents=True, exist_ok=True)
        train(arguments)
    elif arguments.action == "time":
        measure(arguments)
    else:
        table(arguments)


if __name__ == "__main__":
    main()
