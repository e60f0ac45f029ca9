#!/usr/bin/env python3
"""Time per training step of DeePMD-kit and of lgps-bench in turn: same net (the paper's), data and batch (one frame).

    make build
    Benchmarks/training/throughput.py --data DATA [--steps 400] [--threads 2] [--rounds 3]

DATA is a folder of deepmd/npy systems; stop other work first. For each precision of DeePMD-kit's nets its settings of
threads and oneDNN are tried on short runs, and the fastest is the one that is compared. Our gradients are float32 in both
cases. Times are the programs' own averages over all steps but DeePMD-kit's first hundred, start-up left out. Writes
results/settings.csv and results/throughput.csv (every round; the ratio printed is that of the medians).
"""
import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import deepmd_kit  # noqa: E402

# Threads within operations and for OpenMP, threads between operations, oneDNN; 0 leaves the number to TensorFlow.
SETTINGS = {"TensorFlow's own": (0, 0, 1)} | {
    f"{intra} x {inter}, oneDNN {'on' if dnn else 'off'}": (intra, inter, dnn)
    for intra in (1, 2) for inter in (1, 2) for dnn in (0, 1)}


def training_input(data, precision, steps):
    return {
        "model": {
            "type_map": ["Li", "Ge", "P", "S"],
            "descriptor": {
                "type": "se_e2_a", "rcut": 6.0, "rcut_smth": 0.5, "sel": [40, 8, 12, 44], "neuron": [25, 50, 100],
                "axis_neuron": 16, "resnet_dt": False, "type_one_side": True, "precision": precision, "seed": 1},
            "fitting_net": {"neuron": [240, 240, 240], "resnet_dt": True, "precision": precision, "seed": 1}},
        "learning_rate": {"type": "exp", "start_lr": 0.001, "stop_lr": 1e-5, "decay_steps": 50},
        "loss": {"start_pref_e": 0.02, "limit_pref_e": 1, "start_pref_f": 1000, "limit_pref_f": 1,
                 "start_pref_v": 0.02, "limit_pref_v": 1},
        "training": {"training_data": {"systems": str(data), "batch_size": 1}, "numb_steps": steps, "disp_freq": 50,
                     "save_freq": steps, "seed": 1}}


def deepmd(venv, setting, *task):
    """Seconds per step of DeePMD-kit."""
    intra, inter, dnn = setting
    variables = {"DP_INTRA_OP_PARALLELISM_THREADS": intra, "DP_INTER_OP_PARALLELISM_THREADS": inter,
                 "TF_ENABLE_ONEDNN_OPTS": dnn, "TF_CPP_MIN_LOG_LEVEL": 3}
    env = {**deepmd_kit.program_environment(), **{name: str(value) for name, value in variables.items()}}
    env.pop("OMP_NUM_THREADS", None)
    if intra > 0:
        env["OMP_NUM_THREADS"] = str(intra)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "input.json").write_text(json.dumps(training_input(*task)))
        result = subprocess.run([venv / "bin/dp", "train", "--skip-neighbor-stat", "input.json"], cwd=folder, env=env,
                                capture_output=True, text=True)
    found = re.findall(r"average training time: ([0-9.]+)", result.stdout + result.stderr)
    if result.returncode != 0 or not found:
        raise SystemExit(f"dp train failed:\n{result.stderr[-2000:]}")
    return float(found[-1])


def ours(binary, threads, *task):
    """Seconds per step of lgps-bench."""
    steps = task[-1]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "input.json").write_text(json.dumps(training_input(*task)))
        subprocess.run([binary, "train", "input.json", "--output", ".", "--threads", str(threads), "--quiet"],
                       cwd=folder, env=deepmd_kit.program_environment(), check=True)
        return float(list(csv.DictReader(open(f"{folder}/models.csv")))[-1]["seconds"]) / steps


def write(name, heading, rows):
    with open(HERE / "results" / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    arguments = parser.parse_args()
    data, venv = arguments.data.resolve(), deepmd_kit.environment()
    tried, rounds = [], []
    for precision in ("float64", "float32"):
        scan = {name: deepmd(venv, setting, data, precision, 200) for name, setting in SETTINGS.items()}
        tried += [(precision, name, f"{seconds:.4f}") for name, seconds in scan.items()]
        best = min(scan, key=scan.get)
        print(precision, scan, "fastest:", best, flush=True)
        write("settings.csv", ["precision", "threads within x between operations", "seconds_per_step"], tried)
        times = {"DeePMD-kit": [], "lgps-bench": []}
        for number in range(arguments.rounds):
            task = (data, precision, arguments.steps)
            times["DeePMD-kit"].append(deepmd(venv, SETTINGS[best], *task))
            times["lgps-bench"].append(ours(arguments.binary, arguments.threads, *task))
            for program, values in times.items():
                setting = best if program == "DeePMD-kit" else f"{arguments.threads} threads"
                rounds.append((number, program, precision, setting, arguments.steps, f"{values[-1]:.5f}"))
            print(precision, {program: values[-1] for program, values in times.items()}, flush=True)
        theirs, own = (statistics.median(values) for values in times.values())
        print(f"{precision}: {theirs:.4f} and {own:.4f} s a step, {theirs / own:.1f} times, {deepmd_kit.processor()}")
        write("throughput.csv", ["round", "program", "precision", "setting", "steps", "seconds_per_step"], rounds)


if __name__ == "__main__":
    main()
