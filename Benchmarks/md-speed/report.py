#!/usr/bin/env python3
"""Writes README.md from the CSV files in results/: every figure beside its target, then the tables.

    Benchmarks/md-speed/report.py
"""
import argparse
import csv
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import deepmd_kit  # noqa: E402


class Results:
    def __init__(self, folder):
        self.folder = folder

    def rows(self, name):
        path = self.folder / name
        if not path.exists():
            return []
        with open(path, newline="") as file:
            return list(csv.DictReader(file))

    def medians(self, name, keys, value):
        """{key tuple: median over rounds}, in the order of the file."""
        groups = {}
        for row in self.rows(name):
            groups.setdefault(tuple(row[key] for key in keys), []).append(float(row[value]))
        return {key: statistics.median(values) for key, values in groups.items()}


def table(columns, rows):
    return ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns),
            *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows), ""]


def beside_lammps(results, targets):
    times = results.medians("lammps.csv", ["model", "program", "cores"], "ms_per_step")
    rows = []
    for (model, program, cores), milliseconds in times.items():
        theirs = [t for (m, p, c), t in times.items() if m == model and p.startswith("LAMMPS") and int(c) <= int(cores)]
        ours = program.startswith("lgps-bench")
        rows.append([model, program, f"{milliseconds:.2f}", f"{min(theirs) / milliseconds:.1f}" if ours else ""])
        if not ours:
            continue
        standard = "standard" in model
        two = cores == "2"
        if standard:
            targets.append([f"standard net, {program}", f"<= {22 if two else 42} ms/step", f"{milliseconds:.2f}",
                            milliseconds <= (22 if two else 42)])
            least = 5.5 if two else 4.0
            targets.append([f"standard net, times LAMMPS's best on {cores} core{'s' * two}", f">= {least}",
                            f"{min(theirs) / milliseconds:.1f}", min(theirs) / milliseconds >= least])
        elif two:
            targets.append([f"{model}, {program}", "<= 7.2 ms/step, aim 5.5", f"{milliseconds:.2f}", milliseconds <= 7.2])
    return ["## Beside LAMMPS + DeePMD-kit 3.2", "",
            "900 atoms (3x3x2), NVT at 600 K, 2 fs; medians of the rounds in results/lammps.csv. The last column is the time of "
            "LAMMPS's best way to use at most as many cores over ours.", "",
            *table(["model", "program", "ms/step", "times faster"], rows)]


def nets(results, targets):
    rows, first = [], {}
    # The first model is the standard net, the second the production net.
    production = next((row["model"] for row in results.rows("nets.csv") if "standard" not in row["model"]), None)
    times = results.medians("nets.csv", ["program", "vectors", "threads", "model"], "ms_per_step")
    rounds = {}
    for row in results.rows("nets.csv"):
        key = row["program"], row["vectors"], row["threads"], row["model"]
        rounds.setdefault(key, {})[row["round"]] = float(row["ms_per_step"])
    for key, milliseconds in times.items():
        *group, model = key
        standard = first.setdefault(tuple(group), key)
        ratio = statistics.median(t / rounds[standard][n] for n, t in rounds[key].items())
        program, vectors, threads = group
        rows.append([program, vectors, threads, model, f"{milliseconds:.2f}", f"{ratio:.3f}"])
        if model == production and program == "lgps-bench":
            targets.append([f"{model}, {threads} thread{'s' * (threads != '1')}, {vectors}: time over the standard net's",
                            "<= 0.333", f"{ratio:.3f}", ratio <= 1 / 3])
    return ["## The production net beside the standard one", "",
            "900 atoms, medians of the rounds in results/nets.csv (`nets.py`), in which nets and programs take turns; the ratio is the "
            "median of the rounds' own.", "",
            *table(["program", "vectors", "threads", "model", "ms/step", "of the standard net"], rows)]


def where_time_goes(results, targets):
    lines = ["## Where a step goes", "",
             "Share of the samples of `perf` (CPU clock of all threads), 900 atoms, and the arithmetic of a step against the "
             "peak: one large sgemm of the same OpenBLAS on as many threads, in the same run.", ""]
    shares = {}
    for row in results.rows("profile.csv"):
        shares.setdefault(row["part"], {})[row["model"], row["threads"]] = row["percent"]
    columns = list(dict.fromkeys(key for values in shares.values() for key in values))
    lines += table(["part, %", *(f"{m}, {t} thread{'s' * (t != '1')}" for m, t in columns)],
                   [[part, *(f"{float(values[key]):.1f}" for key in columns)] for part, values in shares.items()])
    rows = []
    for row in results.rows("peak.csv"):
        peak, milliseconds = float(row["sgemm_peak_GFLOP_per_s"]), float(row["ms_per_step"])
        fitting, descriptor = float(row["fitting_MFLOP"]), float(row["descriptor_MFLOP"])
        whole = (fitting + descriptor) / milliseconds / peak
        rows.append([row["model"], row["threads"], f"{milliseconds:.2f}", f"{fitting:.0f}", f"{descriptor:.0f}",
                     f"{peak:.0f}", f"{fitting / milliseconds / peak:.0%}", f"{whole:.0%}"])
    lines += table(["model", "threads", "ms/step", "fitting nets, MFLOP", "descriptor, MFLOP", "sgemm peak, GFLOP/s",
                    "of the peak, fitting nets alone", "of the peak, all arithmetic"], rows)
    return lines


def sizes(results, targets):
    costs = results.medians("sizes.csv", ["model", "threads", "atoms"], "us_per_atom")
    memory = results.medians("sizes.csv", ["threads", "atoms"], "memory_MB")
    rows = []
    for model, threads, atoms in costs:
        if (threads, atoms) == ("2", "900"):
            milliseconds = 0.9 * costs[model, threads, atoms]
            targets.append([f"{model}, 900 atoms, 2 threads", "<= 7.2 ms/step, aim 5.5", f"{milliseconds:.2f}",
                            milliseconds <= 7.2])
    for threads in dict.fromkeys(key[1] for key in costs):
        values = {int(atoms): cost for (_, t, atoms), cost in costs.items() if t == threads}
        spread = max(values.values()) / min(values.values()) - 1
        targets.append([f"cost per atom, {min(values)} to {max(values)} atoms, {threads} thread{'s' * (threads != '1')}: "
                        "most over least", "<= 1.15", f"{1 + spread:.2f}", spread <= 0.15])
        rows += [[atoms, threads, f"{cost * atoms / 1000:.2f}", f"{cost:.2f}", f"{memory[threads, str(atoms)]:.0f}"]
                 for atoms, cost in values.items()]
    largest = max((int(a) for _, a in memory), default=0)
    if largest:
        most = max(value for (_, a), value in memory.items() if int(a) == largest)
        targets.append([f"memory at {largest} atoms", "<= 1000 MB", f"{most:.0f}", most <= 1000])
    model = next((key[0] for key in costs), "")
    return ["## Cost per atom and memory", "", f"Model {model}, NVT at 600 K; memory is the largest resident set of the "
            "process. Raw numbers: results/sizes.csv.", "",
            *table(["atoms", "threads", "ms/step", "µs/atom", "memory, MB"], rows)]


def replicas(results, targets):
    rates = [float(row["rate_of_two_over_one"]) for row in results.rows("replicas.csv")]
    if rates:
        rate = statistics.median(rates)
        targets.append(["steps per second of two single-thread replicas over those of one", ">= 1.8", f"{rate:.2f}",
                        rate >= 1.8])
    rows = [[row["round"], f"{float(row['one_ms_per_step']):.2f}", f"{float(row['two_ms_per_step_of_both']):.2f}",
             f"{float(row['rate_of_two_over_one']):.2f}"] for row in results.rows("replicas.csv")]
    return ["## Replicas", "", "900 atoms, `lgps-bench md --replicas 2` beside one run on one thread.", "",
            *table(["round", "one: ms/step", "two at a time: ms until both have taken a step", "rate"], rows)]


def deviation(results):
    times = results.medians("deviation.csv", ["models", "interval"], "ms_per_step")
    alone = next((t for (_, interval), t in times.items() if not interval), None)
    rows = [[models, interval or "never", f"{t:.2f}", f"{t - alone:.2f}",
             "" if not interval else f"{(int(models) - 1) * alone / int(interval):.2f}"]
            for (models, interval), t in times.items()]
    return ["## Model deviation on the fly", "", "900 atoms on two threads. The cost of four models follows the interval: "
            "three more evaluations every n steps, beside the step that the driving model takes.", "",
            *table(["models", "every n steps", "ms/step", "more than one model", "three evaluations / n"], rows)]


def correctness(results, targets):
    lines = ["## Correctness", "", "Fast evaluator (tables, Float32) against the reference evaluator (Double), 900 atoms, "
             "frames of NVT at 1200 K:", ""]
    rows = []
    for row in results.rows("accuracy.csv"):
        force = float(row["largest_force_difference_meV_per_A"])
        energy = float(row["largest_energy_difference_meV_per_atom"])
        rows.append([row["model"], row["frames"], row["largest_force_difference_meV_per_A"],
                     row["rms_force_difference_meV_per_A"], row["largest_energy_difference_meV_per_atom"]])
        targets.append([f"{row['model']}, 1200 K: largest force difference", "<= 2 meV/Å", f"{force:.3f}", force <= 2])
        targets.append([f"{row['model']}, 1200 K: largest energy difference", "<= 0.05 meV/atom", f"{energy:.5f}",
                        energy <= 0.05])
    lines += table(["model", "frames", "largest force difference, meV/Å", "rms, meV/Å", "largest energy difference, meV/atom"],
                   rows)
    lines += ["Conserved quantities, 2 fs (slope of a straight line, first 2 ps left out, and rms distance from the line):", ""]
    rows = []
    for row in results.rows("conservation.csv"):
        drift = float(row["drift_meV_per_atom_per_ps"])
        rows.append([row["model"], row["ensemble"], row["atoms"], row["length_ps"], row["mean_temperature_K"],
                     row["drift_meV_per_atom_per_ps"], row["fluctuation_meV_per_atom"]])
        targets.append([f"drift of {row['ensemble']} over {row['length_ps']} ps", "< 0.05 meV/atom/ps", f"{drift:+.5f}",
                        abs(drift) < 0.05])
    return lines + table(["model", "ensemble", "atoms", "ps", "mean K", "drift, meV/atom/ps", "fluctuation, meV/atom"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=HERE)
    arguments = parser.parse_args()
    results = Results(arguments.output / "results")
    targets = []
    sections = [beside_lammps(results, targets), nets(results, targets), where_time_goes(results, targets), sizes(results, targets),
                replicas(results, targets), deviation(results), correctness(results, targets)]
    lines = ["# Speed and correctness of molecular dynamics", "",
             f"Machine: {deepmd_kit.processor()}; built with `make build` (for this processor), OpenBLAS choosing its own "
             "kernels. Start-up is left out of all times per step. [run.sh](run.sh) measures, "
             "report.py makes this page from the CSV files in [results](results) (last section: how these were made); the comparison of ensembles with LAMMPS is in "
             "[../ensembles](../ensembles/README.md).", "",
             "    Benchmarks/md-speed/run.sh STANDARD.dp FOLDER OTHER.dp ...     (standard net; folder of the production models; others)", "",
             "## Figures", "",
             *table(["figure", "target", "measured", "reached"],
                    [[name, target, measured, "yes" if reached else "**no**"] for name, target, measured, reached in targets])]
    for section in sections:
        lines += section
    notes = arguments.output / "notes.md"
    if notes.exists():
        lines += ["## About these measurements", "", notes.read_text()]
    (arguments.output / "README.md").write_text("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    main()
