"""Compares DeePMD-kit on models before and after lgps-bench wrote them, and lgps-bench itself (run by run.sh).

Arguments: the folder with one folder per model, the folder of systems, where results.md and results.csv go.
Exits with 1 when a tolerance is exceeded.
"""

import csv
import json
import sys
from importlib.metadata import version
from pathlib import Path

import h5py
import numpy as np
from deepmd.infer import DeepPot

work, data, out = map(Path, sys.argv[1:])

# DeePMD-kit on the same parameters must give the same numbers up to the order of sums, which its threads change:
# relative to the largest value 1e-12 in float64, 2e-5 in float32.
SAME = {"float64": 1e-12, "float32": 2e-5}
# `evaluate` uses tables and float32: what the project allows it against the exact nets (meV/atom, meV/Å).
ENERGY, FORCE = 0.05, 2.0


def structures(folder, type_map):
    """Coordinates, cells and types of a system, the types as a model counts them."""
    elements = (folder / "type_map.raw").read_text().split()
    kinds = np.array([type_map.index(elements[kind]) for kind in np.loadtxt(folder / "type.raw", dtype=int)])
    coord = np.load(folder / "set.000/coord.npy")
    box = folder / "set.000/box.npy"
    return coord, np.load(box) if box.exists() else None, kinds


def relative(values, reference):
    return max(abs(v - r).max() / abs(r).max() for v, r in zip(values, reference))


rows = []
for folder in sorted(path for path in work.iterdir() if path.is_dir()):
    graphs = {path.stem: DeepPot(str(path)) for path in sorted(folder.glob("*.pb"))}
    names = graphs["original"].get_type_map()
    with h5py.File(folder / "written-dp.dp") as file:
        descriptor = json.loads(file.attrs["json"])["model"]["descriptor"]
    # The parts of a hybrid have one precision here.
    precision = descriptor.get("list", [descriptor])[0]["precision"]
    for system in ["crystal", "cluster"]:
        coord, box, kinds = structures(data / system, names)
        results = {name: [a.reshape(len(coord), -1) for a in graph.eval(coord, box, kinds)[:3]]
                   for name, graph in graphs.items()}
        detail = {kind: np.loadtxt(folder / f"{system}.{kind}.out", ndmin=2) for kind in "ef"}
        energy, force, _ = results["original"]
        rows.append({
            "model": folder.name, "precision": precision, "system": system, "frames": len(coord),
            "yaml_relative": relative(results["written-yaml"], results["original"]),
            "dp_relative": relative(results["written-dp"], results["original"]),
            "evaluate_meV_per_atom": 1e3 * abs(detail["e"][:, 1] - energy[:, 0]).max() / len(kinds),
            "evaluate_meV_per_A": 1e3 * abs(detail["f"][:, 3:].ravel() - force.ravel()).max(),
        })

for row in rows:
    row["agrees"] = (
        max(row["yaml_relative"], row["dp_relative"]) <= SAME[row["precision"]]
        and row["evaluate_meV_per_atom"] <= ENERGY and row["evaluate_meV_per_A"] <= FORCE)
with open(out / "results.csv", "w", newline="") as file:
    writer = csv.DictWriter(file, fieldnames=rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
lines = [
    "# Models written by lgps-bench, read by DeePMD-kit",
    "",
    f"DeePMD-kit {version('deepmd-kit')} (TensorFlow) after `dp convert-backend`, on the structures of `reference-data/golden`.",
    "*yaml*, *dp*: largest difference of energies, forces and virials between our file and the original, relative to the",
    "largest value. *evaluate*: largest difference between `lgps-bench evaluate` (tables, float32) and DeePMD-kit on the",
    "original. Allowed: " + ", ".join(f"{SAME[p]:g} ({p})" for p in SAME) + f"; {ENERGY} meV/atom, {FORCE:g} meV/Å.",
    "",
    "| model | precision | system | frames | yaml | dp | evaluate, meV/atom | evaluate, meV/Å | agrees |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
]
for row in rows:
    lines.append(
        f"| {row['model']} | {row['precision']} | {row['system']} | {row['frames']} | {row['yaml_relative']:.1e} "
        f"| {row['dp_relative']:.1e} | {row['evaluate_meV_per_atom']:.1e} | {row['evaluate_meV_per_A']:.1e} "
        f"| {'yes' if row['agrees'] else '**no**'} |")
(out / "results.md").write_text("\n".join(lines) + "\n")
sys.exit(0 if all(row["agrees"] for row in rows) else 1)
