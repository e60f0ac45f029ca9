#!/usr/bin/env python3
"""Cells of Li10MP2S12 by the models of our own labels, and what CP2K says in their minima: the tables of reports/lattice.md.

    make build
    Benchmarks/lattice/cells.py relax --work WORK --structure mp-696138.vasp   a minute: results/cells.csv, the rows
    Benchmarks/lattice/cells.py check --work WORK                              ten minutes of CP2K: results/stress.csv, the rows

`relax` starts from the ordered tetragonal crystal and from the Materials Project's mp-696138 with M in the place of Ge.
`check` labels the minima that model 000 found from the first; needs numpy. The change of volume follows from the pressure
and the model's bulk modulus with clamped ions (cells 1.5 % smaller and larger in volume).
"""
import argparse
import csv
import itertools
import json
import re
import statistics
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MATERIALS = ("Ge", "Si", "Sn")
FUNCTIONALS = ("PBE", "PBEsol")
STARTS = ("tetragonal", "mp-696138")
EV_PER_CUBIC_ANGSTROM = 160.21766  # GPa


def model(functional, index):
    return str(ROOT / f"reference-data/models/Li10MP2S12-{functional}/model-00{index}.dp")


def program(*arguments):
    return subprocess.run([str(ROOT / ".build/release/lgps-bench"), *map(str, arguments)], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def relax(arguments):
    rows = []
    for functional, material, start, index in itertools.product(FUNCTIONALS, MATERIALS, STARTS, range(4)):
        command = ["lattice", "--material", material, "--force", 0.002, "--stress", 0.01, "--json", "--quiet", "--model",
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
    """Cell [3, 3] and positions [atoms, 3] (Å), elements and counts of a POSCAR with direct coordinates."""
    import numpy
    lines = path.read_text().split("\n")
    cell = numpy.array([line.split() for line in lines[2:5]], float) * float(lines[1])
    counts = [int(word) for word in lines[6].split()]
    direct = numpy.array([line.split()[:3] for line in lines[8:8 + sum(counts)]], float)
    return cell, direct @ cell, lines[5].split(), counts


def write_system(folder, cell, positions, elements, counts):
    import numpy
    (folder / "set.000").mkdir(parents=True, exist_ok=True)
    (folder / "type_map.raw").write_text("\n".join(elements) + "\n")
    types = [str(index) for index, count in enumerate(counts) for _ in range(count)]
    (folder / "type.raw").write_text("\n".join(types) + "\n")
    arrays = {"box": cell.reshape(1, 9), "coord": positions.reshape(1, -1), "energy": numpy.zeros(1),
              "force": numpy.zeros((1, positions.size)), "virial": numpy.zeros((1, 9))}
    for name, values in arrays.items():
        numpy.save(folder / f"set.000/{name}.npy", values)


def bulk_modulus(functional, work, cell, positions, elements, counts):
    """Of model 000 (GPa)."""
    import numpy
    pressures = []
    for scale in (0.995, 1.005):
        folder = work / "scaled"
        write_system(folder, scale * cell, scale * positions, elements, counts)
        program("evaluate", "--quiet", "--model", model(functional, 0), "--data", folder, "--detail", work / "scaled/detail")
        virial = numpy.loadtxt(work / "scaled/detail.v.out").reshape(-1)[9:].reshape(3, 3)
        pressures.append(numpy.trace(virial) / 3 / abs(numpy.linalg.det(scale * cell)) * EV_PER_CUBIC_ANGSTROM)
    return (pressures[0] - pressures[1]) / (1.005**3 - 0.995**3)


def check(arguments):
    import numpy
    rows = []
    for functional in FUNCTIONALS:
        systems = arguments.work / f"minima-{functional}"
        for material in MATERIALS:
            start = arguments.work / f"{functional}-tetragonal-0/{material}-model.vasp"
            write_system(systems / f"Li10{material}P2S12", *minimum(start))
        labels = arguments.work / "labels"
        program("label", "--quiet", "--functional", functional, "--data", systems, "--output", labels)
        for material in MATERIALS:
            frame = labels / f"{functional}/Li10{material}P2S12/set.000"
            cell, virial = (numpy.load(frame / f"{name}.npy").reshape(3, 3) for name in ("box", "virial"))
            forces = 1000 * numpy.load(frame / "force.npy").reshape(-1, 3)
            stress = -virial / abs(numpy.linalg.det(cell)) * EV_PER_CUBIC_ANGSTROM
            pressure = -numpy.trace(stress) / 3
            modulus = bulk_modulus(functional, arguments.work, *minimum(
                arguments.work / f"{functional}-tetragonal-0/{material}-model.vasp"))
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
