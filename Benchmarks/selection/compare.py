#!/usr/bin/env python3
"""Compares ways to select what is labelled: force errors against the teacher by the number of labels.

Runs short concurrent-learning loops (dpgen-teacher.json cut down to one stage) for every selection and seed, tests the models of
every iteration on the teacher's hold-out at each temperature, and writes results/curves.csv and results/README.md.

    Benchmarks/selection/compare.py WORK [--seeds 1 2 3]   (LGPS_BENCH names the program, default .build/release/lgps-bench)

Calling it again goes on: finished loops and tests are kept in WORK.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess

import numpy

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
PROTOCOLS = PACKAGE / "reference-data/protocols"
PROGRAM = os.environ.get("LGPS_BENCH", str(PACKAGE / ".build/release/lgps-bench"))
METHODS = {
    "random": "at random among all explored frames",
    "dpgen": "at random among the candidates (DP-GEN)",
    "strata": "strata of temperature and deviation, k-centre (ours)",
}
TEMPERATURES = [300, 500, 700, 1000]
ITERATIONS = 5
LABELS = 12  # of each of two systems and iteration


def protocol(method, seed):
    param = json.loads((PROTOCOLS / "dpgen-teacher.json").read_text())
    for key in ("init_data_prefix", "sys_configs_prefix"):
        param[key] = str(PROTOCOLS / param[key])
    param["user_fp_params"]["model"] = str((PROTOCOLS / param["user_fp_params"]["model"]).resolve())
    param["sys_configs"] = [["Ge-ordered-relaxed.vasp"], ["Ge-disordered-relaxed.vasp"]]
    param["numb_models"] = 2
    # Every iteration learns from the beginning, so that what differs is the data alone.
    for key in [k for k in param if k.startswith("training_reuse")]:
        del param[key]
    param["default_training_param"]["training"]["numb_steps"] = 1500
    param["default_training_param"]["training"]["training_data"]["batch_size"] = "mixed:100"
    job = {"sys_idx": [0, 1], "temps": TEMPERATURES, "press": [1], "trj_freq": 10, "nsteps": 500, "ensemble": "npt-tri",
           "model_devi_f_trust_hi": 2.0}
    param["model_devi_jobs"] = [job] * ITERATIONS
    param["fp_task_max"] = LABELS
    param["lgps_bench"] = {"selection": method, "seed": seed, "stop_when_converged": False, "spacing": 0.05}
    return param


def run(work, method, seed, threads):
    folder = work / f"{method}-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "param.json").write_text(json.dumps(protocol(method, seed), indent=1))
    subprocess.run([PROGRAM, "dpgen", folder / "param.json", "--output", folder / "run", "--threads", str(threads), "--quiet"],
                   check=True)
    return folder / "run"


def errors(loop, iteration, work):
    """Root mean square and 95th percentile (meV/Å) of |ΔF| by temperature, the mean over the models."""
    result = {}
    models = sorted((loop / f"iter.{iteration:06d}/00.train").glob("graph.*.dp"))
    for temperature in TEMPERATURES:
        values = []
        for model in models:
            prefix = work / f"test-{loop.parent.name}-{iteration}-{model.stem}-{temperature}"
            file = pathlib.Path(f"{prefix}.f.out")
            if not file.exists():
                subprocess.run([PROGRAM, "evaluate", "--model", model, "--data",
                                PROTOCOLS / f"teacher/hold-out/{temperature}", "--detail", prefix, "--quiet"], check=True)
            table = numpy.loadtxt(file)
            difference = table[:, :3] - table[:, 3:6]
            components = numpy.sqrt(numpy.mean(difference**2))
            values.append([components, numpy.percentile(numpy.linalg.norm(difference, axis=1), 95)])
        result[temperature] = 1000 * numpy.mean(values, axis=0)
    return result


def labels_to_reach(labels, error, level):
    """Where the curve first comes down to `level`, linear in log(error) between its points; None beyond its end."""
    for (n0, e0), (n1, e1) in zip(zip(labels, error), zip(labels[1:], error[1:])):
        if e0 > level >= e1:
            return n0 + (n1 - n0) * numpy.log(e0 / level) / numpy.log(e0 / e1)
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    rows = []
    for seed in options.seeds:
        for method in METHODS:
            loop = run(options.work, method, seed, options.threads)
            record = json.loads((loop / "learning.json").read_text())
            for iteration in record["iterations"]:
                found = errors(loop, iteration["index"], options.work)
                frames = iteration["trainingFrames"]
                whole = [numpy.sqrt(numpy.mean([v[0]**2 for v in found.values()])), numpy.mean([v[1] for v in found.values()])]
                for temperature, (rmse, percentile) in [*found.items(), ("all", whole)]:
                    rows.append([method, seed, iteration["index"], frames, temperature, f"{rmse:.2f}", f"{percentile:.2f}"])
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    with open(results / "curves.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["selection", "seed", "iteration", "labelled frames", "temperature (K)", "force RMSE (meV/Å)",
                         "95th percentile of |dF| (meV/Å)"])
        writer.writerows(rows)
    (results / "README.md").write_text(report(rows, options.seeds))


def report(rows, seeds):
    def curve(method, seed, column, temperature="all"):
        chosen = [r for r in rows if r[0] == method and r[1] == seed and r[4] == temperature]
        return [r[3] for r in chosen], [float(r[column]) for r in chosen]

    lines = ["# Selection: errors against the teacher by labels", "",
             "Made by `Benchmarks/selection/compare.py`; its heading says how. Mean ± standard deviation of "
             f"{len(seeds)} seeds.", ""]
    for column, name in [(5, "Force RMSE (meV/Å)"), (6, "95th percentile of |ΔF| (meV/Å)")]:
        frames = curve("random", seeds[0], column)[0]
        lines += [f"## {name}", "", "| labelled frames | " + " | ".join(METHODS.values()) + " |",
                  "| ---: |" + " ---: |" * len(METHODS)]
        for place, count in enumerate(frames):
            cells = []
            for method in METHODS:
                values = [c[1][place] for c in (curve(method, s, column) for s in seeds) if place < len(c[1])]
                cells.append(f"{numpy.mean(values):.1f} ± {numpy.std(values, ddof=1):.1f}")
            lines.append(f"| {count} | " + " | ".join(cells) + " |")
        lines.append("")
    lines += ["## The last iteration by temperature", "",
              "| T (K) | " + " | ".join(f"{m}: RMSE, 95 %" for m in METHODS) + " |", "| ---: |" + " ---: |" * len(METHODS)]
    for temperature in TEMPERATURES:
        cells = []
        for method in METHODS:
            ends = [[curve(method, s, c, temperature)[1][-1] for s in seeds] for c in (5, 6)]
            cells.append(", ".join(f"{numpy.mean(v):.1f} ± {numpy.std(v, ddof=1):.1f}" for v in ends))
        lines.append(f"| {temperature} | " + " | ".join(cells) + " |")
    lines += ["", "## Labels to the same error", "",
              "Labels bought beyond the initial frames until the RMSE is that of the other's last iteration, as a ratio, pairs of "
              "one seed.", ""]
    for other in ("random", "dpgen"):
        ratios = []
        for seed in seeds:
            frames, error = curve(other, seed, 5)
            own_frames, own = curve("strata", seed, 5)
            first = frames[0]
            reached = labels_to_reach(own_frames, own, error[-1])
            if reached is None:
                reverse = labels_to_reach(frames, error, own[-1])
                if reverse is not None:
                    ratios.append((reverse - first) / (own_frames[-1] - first))
            else:
                ratios.append((frames[-1] - first) / (reached - first))
        if len(ratios) > 1:
            mean, deviation = numpy.mean(ratios), numpy.std(ratios, ddof=1) / numpy.sqrt(len(ratios))
            lines.append(f"- {METHODS[other]}: {mean:.2f} ± {deviation:.2f} times as many labels as ours "
                         f"({', '.join(f'{r:.2f}' for r in ratios)}; the error is that of the mean).")
        else:
            lines.append(f"- {METHODS[other]}: the curves do not come to a common error.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
