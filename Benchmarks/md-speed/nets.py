#!/usr/bin/env python3
"""What a step costs with several nets, one beside the other: the production net against the standard one.

    make build
    Benchmarks/md-speed/nets.py STANDARD.dp MODEL.dp [--rounds 7] [--binary LABEL=PROGRAM ...]

900 atoms, NVT at 600 K, 2 fs, 1 and 2 threads; nets and programs in turn within a round, so that a machine that drifts does so
for all of them. Several --binary compare builds of the program. Writes nets.csv and prints medians, and the ratios of each net to
the first within the rounds.
"""
import argparse
import csv
import os
import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import deepmd_kit  # noqa: E402
import dynamics  # noqa: E402


def vectors():
    """The widest vectors of floats that this processor offers."""
    flags = Path("/proc/cpuinfo").read_text() if os.path.exists("/proc/cpuinfo") else ""
    return "AVX-512" if " avx512vl" in flags else "AVX2" if " avx2" in flags else "other"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", type=Path)
    parser.add_argument("--binary", action="append", help="LABEL=PROGRAM")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    binaries = dict(b.split("=", 1) for b in arguments.binary or [f"lgps-bench={deepmd_kit.BINARY}"])
    models = [model.resolve() for model in arguments.models]
    arguments.output.mkdir(parents=True, exist_ok=True)
    rows = []
    with tempfile.TemporaryDirectory() as work:
        benches = {label: dynamics.Bench(work, binary) for label, binary in binaries.items()}
        structure, _ = next(iter(benches.values())).crystal("3x3x2")
        for round_number in range(1, arguments.rounds + 1):
            for threads in (1, 2):
                for model in models:
                    for label, bench in benches.items():
                        # Longer runs than elsewhere: a step of the fast nets is short beside what a start-up scatters by.
                        time, _ = bench.milliseconds(structure, [model], threads, long=450)
                        rows.append((dynamics.name(model), label, vectors(), threads, round_number, time))
                        print(*rows[-1], flush=True)
    with open(arguments.output / "nets.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "program", "vectors", "threads", "round", "ms_per_step"])
        writer.writerows((*row[:-1], f"{row[-1]:.3f}") for row in rows)
    for label in binaries:
        for threads in (1, 2):
            for model in models:
                def times(which):
                    return [r[-1] for r in rows if r[:2] == (dynamics.name(which), label) and r[3] == threads]
                ratios = [a / b for a, b in zip(times(model), times(models[0]))]
                print(f"{label}, {threads} threads, {dynamics.name(model)}: {statistics.median(times(model)):.2f} ms, "
                      f"{statistics.median(ratios):.3f} of the first")


if __name__ == "__main__":
    main()
