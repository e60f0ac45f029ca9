#!/usr/bin/env python3
"""How far the fast evaluator (tables, Float32) is from the reference evaluator (Double) on frames of hot dynamics.

900 atoms are run at 1200 K (NVT, 2 fs) and frames are taken every half picosecond; `lgps-bench evaluate` predicts them
with both evaluators. Writes accuracy.csv.

    Benchmarks/md-speed/accuracy.py [MODEL ...]
"""
import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import deepmd_kit  # noqa: E402
import deepmd_npy  # noqa: E402

FRAME_STEPS = 250


def frames(path):
    """Elements, cells and positions of an extended XYZ trajectory."""
    lines = path.read_text().split("\n")
    size = int(lines[0]) + 2
    for start in range(0, len(lines) - size + 1, size):
        cell = lines[start + 1].split('Lattice="')[1].split('"')[0].split()
        atoms = [line.split() for line in lines[start + 2:start + size]]
        yield [a[0] for a in atoms], [float(x) for x in cell], [float(x) for a in atoms for x in a[1:4]]


def predictions(prefix):
    import numpy
    return numpy.loadtxt(f"{prefix}.e.out", ndmin=2)[:, 1], numpy.loadtxt(f"{prefix}.f.out")[:, 3:]


def compare(model, binary, picoseconds):
    """Frames, atoms, then differences: largest force vector and its rms (meV/Å), largest energy (meV/atom)."""
    import numpy
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def run(*arguments):
            subprocess.run([str(binary), *map(str, arguments), "--quiet"], cwd=folder, check=True,
                           env=deepmd_kit.program_environment())

        run("structure", "cell.vasp", "--supercell", "3x3x2")
        (folder / "md.json").write_text(json.dumps({
            "ensemble": "nvt", "temperature": 1200.0, "timestep": 0.002, "steps": round(picoseconds / 0.002),
            "output": {"trajectory": {"format": "extxyz", "interval": FRAME_STEPS}}}))
        run("md", "md.json", "--structure", "cell.vasp", "--model", model, "--output", "run")
        elements, cells, coordinates = zip(*list(frames(folder / "run/trajectory.extxyz"))[1:])
        count, atoms = len(cells), len(elements[0])
        deepmd_npy.write_unlabelled(folder / "frames", elements[0], cells, coordinates)
        run("evaluate", "--model", model, "--data", "frames", "--detail", "fast")
        run("evaluate", "--model", model, "--data", "frames", "--detail", "exact", "--reference")
        (fast_energy, fast_force), (energy, force) = predictions(folder / "fast"), predictions(folder / "exact")
        difference = numpy.sqrt(((fast_force - force) ** 2).sum(axis=1))
        return (count, atoms, 1000 * difference.max(), 1000 * numpy.sqrt((difference ** 2).mean() / 3),
                1000 * numpy.abs(fast_energy - energy).max() / atoms, numpy.sqrt((force ** 2).mean()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*", type=Path,
                        default=[deepmd_kit.ROOT / "reference-data/models/LiGePS-PBE-hybrid-fast/model-000.dp"])
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    parser.add_argument("--picoseconds", type=float, default=5.0)
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    deepmd_kit.use_environment()
    arguments.output.mkdir(parents=True, exist_ok=True)
    with open(arguments.output / "accuracy.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "frames", "atoms", "largest_force_difference_meV_per_A",
                         "rms_force_difference_meV_per_A", "largest_energy_difference_meV_per_atom",
                         "rms_force_eV_per_A"])
        for model in arguments.models:
            model = model.resolve()
            values = compare(model, arguments.binary.resolve(), arguments.picoseconds)
            row = [f"{model.parent.name}/{model.name}", *values[:2], *(f"{v:.4g}" for v in values[2:])]
            writer.writerow(row)
            print(*row)


if __name__ == "__main__":
    main()
