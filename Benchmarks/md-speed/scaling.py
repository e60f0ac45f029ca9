#!/usr/bin/env python3
"""Cost per atom and memory from 400 to 14 400 atoms, two replicas against one, and the cost of model deviations.

Writes sizes.csv, replicas.csv and deviation.csv.

    make build
    Benchmarks/md-speed/scaling.py --model FOLDER [--rounds 3]

FOLDER holds the models of an ensemble; its first drives. NVT at 600 K, 2 fs; start-up is left out as the difference of the
wall times of two lengths.
"""
import argparse
import csv
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import deepmd_kit  # noqa: E402
import dynamics  # noqa: E402

SUPERCELLS = ["2x2x2", "3x3x2", "4x4x2", "6x6x2", "8x8x2", "12x12x2"]
DEVIATION_INTERVALS = [1, 2, 5, 10, 50]


class Table:
    """A CSV file that grows row by row, as the measurements do."""

    def __init__(self, path, columns):
        self.file = open(path, "w", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(columns)

    def add(self, *values):
        row = [f"{v:.4f}" if isinstance(v, float) else v for v in values]
        self.writer.writerow(row)
        self.file.flush()
        print(*row, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=deepmd_kit.ROOT / "reference-data/models/LiGePS-PBE-hybrid-fast")
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=HERE / "results")
    parser.add_argument("--only", choices=["sizes", "replicas", "deviation"])
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    models = sorted(path.resolve() for path in arguments.model.glob("*.dp"))
    driver = dynamics.name(models[0])
    with tempfile.TemporaryDirectory() as work:
        bench = dynamics.Bench(work, arguments.binary)
        if arguments.only in (None, "sizes"):
            table = Table(arguments.output / "sizes.csv",
                          ["model", "atoms", "threads", "round", "ms_per_step", "us_per_atom", "memory_MB"])
            for round_number in range(1, arguments.rounds + 1):
                for supercell in SUPERCELLS:
                    structure, atoms = bench.crystal(supercell)
                    for threads in (1, 2):
                        milliseconds, memory = bench.milliseconds(structure, models[:1], threads)
                        table.add(driver, atoms, threads, round_number, milliseconds, 1000 * milliseconds / atoms, memory)
        structure, atoms = bench.crystal("3x3x2")
        if arguments.only in (None, "replicas"):
            table = Table(arguments.output / "replicas.csv",
                          ["model", "atoms", "round", "one_ms_per_step", "two_ms_per_step_of_both", "rate_of_two_over_one"])
            for round_number in range(1, arguments.rounds + 1):
                one, _ = bench.milliseconds(structure, models[:1], 1, long=450)
                two, _ = bench.milliseconds(structure, models[:1], 2, replicas=2, long=450)
                table.add(driver, atoms, round_number, one, two, 2 * one / two)
        if arguments.only in (None, "deviation"):
            table = Table(arguments.output / "deviation.csv",
                          ["models", "atoms", "threads", "interval", "round", "ms_per_step"])
            for round_number in range(1, arguments.rounds + 1):
                alone, _ = bench.milliseconds(structure, models[:1], 2)
                table.add(1, atoms, 2, "", round_number, alone)
                for interval in DEVIATION_INTERVALS:
                    output = {"thermo_interval": 100, "model_deviation": {"interval": interval}}
                    milliseconds, _ = bench.milliseconds(structure, models, 2, output=output)
                    table.add(len(models), atoms, 2, interval, round_number, milliseconds)


if __name__ == "__main__":
    main()
