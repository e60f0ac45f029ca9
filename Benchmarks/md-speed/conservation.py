#!/usr/bin/env python3
"""How well NVE, NVT and NPT keep their conserved quantity over 50 ps at 600 K in steps of 2 fs. Writes conservation.csv.

    Benchmarks/md-speed/conservation.py [--model MODEL] [--jobs 2]

NVE starts from the crystal with velocities of twice the temperature, half of which goes into the potential energy. The drift
is the slope of a straight line through the conserved quantity, the fluctuation the rms distance from that line.
"""
import argparse
import csv
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import deepmd_kit  # noqa: E402
import dynamics  # noqa: E402

RUNS = {
    "NVE": {"ensemble": "nve", "temperature": 1200.0},
    "NVT": {"ensemble": "nvt", "temperature": 600.0},
    "NPT, isotropic": {"ensemble": "npt", "temperature": 600.0, "barostat": {"coupling": "isotropic"}},
    "NPT, anisotropic": {"ensemble": "npt", "temperature": 600.0, "barostat": {"coupling": "anisotropic"}},
    "NPT, flexible": {"ensemble": "npt", "temperature": 600.0, "barostat": {"coupling": "flexible"}},
}
# The crystal's first picoseconds, in which it takes up the heat, are left out.
FIRST = 2.0


def line(x, y):
    """Slope of the least-squares line and rms distance from it."""
    n, mx, my = len(x), sum(x) / len(x), sum(y) / len(y)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)
    return slope, (sum((b - my - slope * (a - mx)) ** 2 for a, b in zip(x, y)) / n) ** 0.5


def conserve(bench, work, name, settings, model, structure, atoms, picoseconds):
    folder = work / name.replace(", ", "-")
    folder.mkdir()
    config = {**settings, "timestep": 0.002, "steps": round(picoseconds / 0.002), "output": {"thermo_interval": 25}}
    (folder / "md.json").write_text(json.dumps(config))
    subprocess.run([str(bench.binary), "md", "md.json", "--structure", str(structure), "--model", str(model),
                    "--threads", "1", "--output", "run", "--quiet"], cwd=folder, check=True,
                   env=deepmd_kit.program_environment())
    with open(folder / "run/thermo.csv") as file:
        rows = [row for row in csv.DictReader(file) if float(row["time_ps"]) >= FIRST]
    times = [float(row["time_ps"]) for row in rows]
    slope, spread = line(times, [1000 * float(row["conserved_eV"]) / atoms for row in rows])
    mean = sum(float(row["temperature_K"]) for row in rows) / len(rows)
    return dynamics.name(model), name, atoms, picoseconds, f"{mean:.1f}", f"{slope:.6f}", f"{spread:.5f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=deepmd_kit.ROOT / "reference-data/models/LiGePS-PBE-hybrid-fast/model-000.dp")
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    parser.add_argument("--picoseconds", type=float, default=50.0)
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time, each on one thread")
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(arguments.jobs) as pool:
        work = Path(temporary)
        bench = dynamics.Bench(work, arguments.binary)
        structure, atoms = bench.crystal("2x2x2")
        rows = list(pool.map(
            lambda item: conserve(bench, work, *item, arguments.model.resolve(), structure, atoms,
                                  arguments.picoseconds), RUNS.items()))
    with open(arguments.output / "conservation.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "ensemble", "atoms", "length_ps", "mean_temperature_K", "drift_meV_per_atom_per_ps",
                         "fluctuation_meV_per_atom"])
        writer.writerows(rows)
    for row in rows:
        print(*row)


if __name__ == "__main__":
    main()
