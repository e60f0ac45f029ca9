#!/usr/bin/env python3
"""Cells of Li10MP2S12 by the models of our own labels, and what CP2K says in their minima: the tables of reports/lattice.md.

    make build
    Benchmarks/lattice/cells.py relax --work WORK --structure mp-696138.vasp   a minute: results/cells.csv, the rows
    Benchmarks/lattice/cells.py check --work WORK                              ten minutes of CP2K: results/stress.csv, the rows

`relax` starts from the ordered tetragonal crystal and from the Materials Project's mp-696138 with M in the place of Ge.
`check` labels the minima that model 000 found from the first. The change of volume follows from the pressure
and the model's bulk modulus with clamped ions (cells 1.5 % smaller and larger in volume). numpy is that of
Benchmarks/deepmd-venv.sh.
"""
import argparse
import csv
import itertools
import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import deepmd_kit  # noqa: E402
import deepmd_npy  # noqa: E402

MATERIALS = ("Ge", "Si", "Sn")
FUNCTIONALS = ("PBE", "PBEsol")
STARTS = ("tetragonal", "mp-696138")
EV_PER_CUBIC_ANGSTROM = 160.21766  # GPa


def model(functional, index):
    return str(deepmd_kit.ROOT / f"reference-data/models/Li10MP2S12-{functional}/model-00{index}.dp")


def program(*arguments):
    return subprocess.run([str(deepmd_kit.BINARY), *map(str, arguments)], check=True, text=True, stdout=subprocess.PIPE,
                          env=deepmd_kit.program_environment()).stdout


def relax(arguments):
    rows = []
    for functional, material, start, index in itertools.product(FUNCTIONALS, MATERIALS, STARTS, range(4)):
        command = ["relax", "--material", material, "--force", 0.002, "--stress", 0.01, "--json", "--quiet", "--model",
                   model(functional, index), "--output", arguments.work / f"{functional}-{start}-{index}"]
        if start != STARTS[0]:
            structure = arguments.work / f"{start}-{material}.vasp"
            structure.write_text(re.sub(r"\bGe\b", material, arguments.structure.read_text()))
            command += ["--structure", structure]
        cell = json.loads(program(*command))[0]
        rows.append([functional, material, start, index, *(cell[key] for key in ("a", "b", "c", "volume", "evaluations",
                                                                                 "isConverged"))])
    write("cells.csv", ["functional", "material", "start", "model", "a_A", "b_A", "c_A", "volume_A3", "evaluations",
                        "converged"], rows)
    for material, functional, start in itertools.product(MATERIALS, FUNCTIONALS, STARTS):
        cells = [row[4:8] for row in rows if row[:3] == [functional, material, start]]
        spread = [f"{statistics.mean(v):.{d}f} ± {statistics.stdev(v):.{d}f}" for v, d in zip(zip(*cells), (3, 3, 3, 1))]
        print(f"| {material} | {functional} | {start} | {' | '.join(spread)} |")


def minimum(path):
    """Elements, cell [3, 3] and positions [atoms, 3] (Å) of a POSCAR with direct coordinates."""
    import numpy
    lines = path.read_text().split("\n")
    cell = numpy.array([line.split() for line in lines[2:5]], float) * float(lines[1])
    counts = [int(word) for word in lines[6].split()]
    elements = [element for element, count in zip(lines[5].split(), counts) for _ in range(count)]
    direct = numpy.array([line.split()[:3] for line in lines[8:8 + len(elements)]], float)
    return elements, cell, direct @ cell


def write_minimum(folder, elements, cell, positions):
    deepmd_npy.write_unlabelled(folder, elements, cell.reshape(1, 9), positions.reshape(1, -1))


def bulk_modulus(functional, work, elements, cell, positions):
    """Of model 000 (GPa)."""
    import numpy
    folder, detail = work / "scaled", work / "scaled-detail"
    pressures = []
    for scale in (0.995, 1.005):
        write_minimum(folder, elements, scale * cell, scale * positions)
        program("evaluate", "--quiet", "--model", model(functional, 0), "--data", folder, "--detail", detail)
        virial = numpy.loadtxt(f"{detail}.v.out").reshape(-1)[9:].reshape(3, 3)
        pressures.append(numpy.trace(virial) / 3 / abs(numpy.linalg.det(scale * cell)) * EV_PER_CUBIC_ANGSTROM)
    return (pressures[0] - pressures[1]) / (1.005**3 - 0.995**3)


def check(arguments):
    deepmd_kit.use_environment()
    import numpy
    work, rows = arguments.work, []
    for functional in FUNCTIONALS:
        minima = {material: minimum(work / f"{functional}-{STARTS[0]}-0/{material}-model.vasp") for material in MATERIALS}
        systems = work / f"minima-{functional}"
        for material in MATERIALS:
            write_minimum(systems / f"Li10{material}P2S12", *minima[material])
        program("label", "--quiet", "--functional", functional, "--data", systems, "--output", work / "labels")
        for material in MATERIALS:
            frame = work / f"labels/{functional}/Li10{material}P2S12/set.000"
            cell, virial = (numpy.load(frame / f"{name}.npy").reshape(3, 3) for name in ("box", "virial"))
            forces = 1000 * numpy.load(frame / "force.npy").reshape(-1, 3)
            stress = -virial / abs(numpy.linalg.det(cell)) * EV_PER_CUBIC_ANGSTROM
            pressure = -numpy.trace(stress) / 3
            modulus = bulk_modulus(functional, work, *minima[material])
            rows.append([material, functional, f"{pressure:.3f}", f"{abs(stress).max():.3f}",
                         f"{numpy.sqrt((forces**2).mean()):.1f}", f"{abs(forces).max():.1f}", f"{modulus:.1f}",
                         f"{100 * pressure / modulus:.2f}"])
            print("| " + " | ".join(rows[-1]) + " |", flush=True)
    write("stress.csv", ["material", "functional", "pressure_GPa", "largest_stress_GPa", "force_rms_meV_A",
                         "force_largest_meV_A", "bulk_modulus_GPa", "change_of_volume_percent"], rows)


def write(name, header, rows):
    with open(HERE / "results" / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for action in (relax, check):
        command = commands.add_parser(action.__name__)
        command.set_defaults(run=action)
        command.add_argument("--work", type=Path, required=True)
        if action is relax:
            command.add_argument("--structure", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.work = arguments.work.resolve()
    arguments.work.mkdir(parents=True, exist_ok=True)
    arguments.run(arguments)


if __name__ == "__main__":
    main()
