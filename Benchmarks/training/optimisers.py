#!/usr/bin/env python3
"""Hold-out errors against CPU time of the three optimisers on the production net: results/optimisers.csv, .svg, .png.

    make build
    Benchmarks/training/optimisers.py --data DATA --work WORK

Each run is the input of sizes.py for `r8-32x16-64` with another optimiser. A step's time is the CPU time of the run over its
steps. Runs that are complete are not repeated.
"""
import argparse
import csv
import json
import os
import resource
import subprocess
from pathlib import Path

import sizes

NET = "r8-32x16-64"


def inputs(work):
    """Name of the optimiser and its input."""
    for name, steps, every in (("HybridMuon", 6000, 500), ("Adam", 6000, 500), ("LKF", 600, 10)):
        run = sizes.training_input(NET, work, steps)
        run["training"]["disp_freq"] = every
        if name == "Adam":
            run["optimizer"] = {"type": "Adam"}
            run["learning_rate"]["start_lr"] = 2e-3
        if name == "LKF":
            # Factors of the measurements: with DeePMD-kit's default of 1 the filter hardly moves so many blocks.
            run["optimizer"] = {"type": "LKF", "kf_blocksize": 1024, "kf_start_pref_e": 30, "kf_limit_pref_e": 30,
                                "kf_start_pref_f": 100, "kf_limit_pref_f": 100}
            run["training"] |= {"enable_ema": False, "save_freq": 100000}
            del run["training"]["ema_decay"]
        yield name, steps, run


def train(arguments, name, run):
    """CPU seconds of the run, kept beside it."""
    folder = arguments.work / name
    record = folder / "cpu.json"
    if not record.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "input.json").write_text(json.dumps(run, indent=1))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([arguments.binary, "train", "input.json", "--output", ".", "--threads", "1", "--quiet"], cwd=folder,
                       check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        record.write_text(json.dumps(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return json.loads(record.read_text())


def draw(output):
    names = "HybridMuon Adam LKF"
    script = f"""set encoding utf8
set datafile separator ','
set logscale xy
set grid
set xlabel 'CPU time (s)'
set ylabel 'Force RMSE on 16 hold-out frames (meV/Å)'
set yrange [60:1200]
set ytics (70, 80, 100, 150, 200, 300, 500, 1000)
plot for [i=1:3] '{output}/optimisers.csv' u (strcol(1) eq word('{names}', i) ? $3 : NaN):5 w lp lw 2 pt 7 ps 0.8 \\
    lc rgb word('#0072b2 #e69f00 #d55e00', i) t word('{names}', i)
"""
    for terminal, kind in (("svg size 800,560 font 'Arial,13'", "svg"),
                           ("pngcairo size 1200,840 font 'Liberation Sans,18'", "png")):
        subprocess.run(["gnuplot"], input=f"set terminal {terminal}\nset output '{output}/optimisers.{kind}'\n{script}",
                       text=True, check=True)


def main():
    os.environ.pop("OPENBLAS_CORETYPE", None)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--binary", type=Path, default=sizes.ROOT / ".build/release/lgps-bench")
    parser.add_argument("--output", type=Path, default=sizes.HERE / "results")
    arguments = parser.parse_args()
    arguments.work, arguments.binary = arguments.work.resolve(), arguments.binary.resolve()
    sizes.split(arguments.data, arguments.work)
    with open(arguments.output / "optimisers.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["optimiser", "step", "cpu_seconds", "energy_rmse_meV_atom", "force_rmse_meV_A"])
        for name, steps, run in inputs(arguments.work):
            per_step = train(arguments, name, run) / steps
            for line in open(arguments.work / name / "lcurve.out"):
                if not line.startswith("#"):
                    step, _, _, energy, _, force = line.split()[:6]
                    writer.writerow([name, step, f"{int(step) * per_step:.1f}", f"{1e3 * float(energy):.2f}",
                                     f"{1e3 * float(force):.1f}"])
    draw(arguments.output)


if __name__ == "__main__":
    main()
