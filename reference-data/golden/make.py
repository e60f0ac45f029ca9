"""Predictions, model deviation and accuracy by DeePMD-kit for the tiny models in this folder (run by make.sh)."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from deepmd.infer import DeepPot, calc_model_devi

here = Path(sys.argv[1])
bin_folder = Path(sys.executable).parent
type_map = ["Li", "Ge", "P", "S"]

# The ordered cell of Li10GeP2S12 (P4_2mc): type and one position of each orbit. Coordinates of the mean structure of
# the 50-atom frames of LiGePS-SSE-PBE (Huang et al. 2021).
a, c = 8.787646, 12.657546
orbits = [
    (0, (0.2288, 0.2730, 0.2946)), (0, (0.2562, 0.2753, 0.0366)), (0, (0, 0, 0.4397)), (0, (0.5, 0.5, 0.0480)),
    (1, (0.5, 0.5, 0.3010)), (2, (0, 0, 0.1860)), (2, (0, 0.5, 0.5041)), (3, (0, 0.1920, 0.7770)),
    (3, (0, 0.1953, 0.0941)), (3, (0, 0.3056, 0.4120)), (3, (0.1898, 0.5, 0.5970)), (3, (0.2901, 0.5, 0.9032)),
    (3, (0.2927, 0.5, 0.1980)),
]


def images(x, y, z):
    """The eight operations of P4_2mc, without duplicates."""
    points = [(x, y, z), (-x, -y, z), (x, -y, z), (-x, y, z)]
    points += [(s * p, t * q, z + 0.5) for s, t, p, q in
               [(-1, 1, y, x), (1, -1, y, x), (1, 1, y, x), (-1, -1, y, x)]]
    unique = []
    for point in np.mod(np.round(points, 6), 1):
        if not any(np.allclose(point, other) for other in unique):
            unique.append(point)
    return unique


fractional = [(kind, point) for kind, orbit in orbits for point in images(*orbit)]
assert len(fractional) == 50
order = np.random.default_rng(2021).permutation(50)  # types need not come in blocks
types = np.array([fractional[k][0] for k in order])
points = np.array([fractional[k][1] for k in order])
generator = np.random.default_rng(154)
crystal_box, crystal_coord = [], []
for _ in range(3):
    box = np.diag([a, a, c]) @ (np.eye(3) + generator.uniform(-0.04, 0.04, (3, 3)))
    crystal_box.append(box.ravel())
    # Some atoms lie outside the cell, as in unwrapped trajectories.
    shifted = points + generator.integers(-1, 2, (50, 3)) * (generator.random((50, 1)) < 0.2)
    crystal_coord.append((shifted @ box + generator.normal(0, 0.08, (50, 3))).ravel())
# A cluster: the 14 atoms nearest to the middle of the cell.
middle = np.argsort(np.linalg.norm((points - 0.5) * [a, a, c], axis=1))[:14]
cluster_coord = (points[middle] * [a, a, c]).ravel()[None] + generator.normal(0, 0.08, (2, 42))
systems = {
    "crystal": (types, np.array(crystal_coord), np.array(crystal_box)),
    "cluster": (types[middle], cluster_coord, None),
}


def write(folder, kinds, coord, box, energy, force, virial, atomic):
    (folder / "set.000").mkdir(parents=True)
    (folder / "type.raw").write_text(" ".join(map(str, kinds)) + "\n")
    (folder / "type_map.raw").write_text(" ".join(type_map) + "\n")
    if box is None:
        (folder / "nopbc").touch()
    arrays = {"coord": coord, "box": box, "energy": energy[:, 0], "force": force.reshape(len(coord), -1),
              "virial": virial, "atom_ener": atomic[:, :, 0]}
    for name, array in arrays.items():
        if array is not None:
            np.save(folder / "set.000" / f"{name}.npy", array)


shutil.rmtree(here / "predictions", ignore_errors=True)
with tempfile.TemporaryDirectory() as scratch:
    models = {}
    for file in sorted(here.glob("*.dp")) + sorted(here.glob("*.yaml")):
        graph = f"{scratch}/{file.stem}.pb"
        subprocess.run([bin_folder / "dp", "convert-backend", file, graph], check=True)
        models[file.stem] = DeepPot(graph)
        for name, (kinds, coord, box) in systems.items():
            energy, force, virial, atomic, _ = models[file.stem].eval(coord, box, kinds, atomic=True)
            write(here / "predictions" / file.stem / name, kinds, coord, box, energy, force, virial, atomic)

    # Model deviation of the three plain models on the crystal.
    kinds, coord, box = systems["crystal"]
    (here / "model_devi.out").unlink(missing_ok=True)
    calc_model_devi(coord, box, kinds, [models[name] for name in sorted(models) if name != "hybrid"], fname=str(here / "model_devi.out"))

    # dp test of the two-sided model against the one-sided one's predictions, frames without virial among them.
    for part in ["crystal", "cluster"]:
        shutil.copytree(here / "predictions/one-sided" / part, f"{scratch}/data/{part}")
    Path(f"{scratch}/data/cluster/set.000/virial.npy").unlink()
    run = subprocess.run(
        [bin_folder / "dp", "test", "-m", f"{scratch}/two-sided.pb", "-s", f"{scratch}/data", "-n", "0"],
        check=True, capture_output=True, text=True)
    summary = run.stderr + run.stdout
    summary = summary[summary.index("weighted average of errors"):]
    found = re.findall(r"(Energy|Force|Virial)\s+(MAE|RMSE)(/Natoms)?\s*: ([-0-9.e+]+)", summary)
    errors = {f"{quantity} {kind}{per}": float(value) for quantity, kind, per, value in found}
    (here / "dp-test.json").write_text(json.dumps(errors, indent=2) + "\n")
