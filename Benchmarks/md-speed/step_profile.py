#!/usr/bin/env python3
"""Where a step of 900 atoms spends its time, and what fraction of the peak of sgemm it reaches.

    make build
    Benchmarks/md-speed/step_profile.py MODEL.dp [MODEL.dp ...]

`perf` (Debian: linux-perf) samples a run after its start-up; symbols are gathered into parts. The peak is that of one large
sgemm of the same OpenBLAS, measured around each run. Writes profile.csv and peak.csv.
"""
import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import deepmd_kit  # noqa: E402
import dynamics  # noqa: E402

# Parts by the first pattern that a symbol (mangled, with its library) matches.
PARTS = [
    ("fitting net: multiplication", r"ProductTile|TiledProduct|ConstantMatrix|sgemm.*kernel|sgemm_small"),
    ("fitting net: packing and the rest of sgemm", r"openblas"),
    ("fitting net: activations, last layer, skips", r"FittingKernel"),
    ("descriptor: table walk, forward", r"DescriptorKernelV8contract"),
    ("descriptor: table walk, backward", r"DescriptorKernelV13differentiate_"),
    ("three-body: near neighbours, products, forces", r"ThreeBodyKernelV(4pack|7measure|5place|12gatherForces|13differentiate_)"),
    ("three-body: table walk, forward", r"ThreeBodyKernelV8contract"),
    ("three-body: table walk, backward", r"ThreeBodyKernelV21differentiateProducts"),
    ("descriptor: D and its derivative", r"DescriptorKernelV(6square|19differentiateSquare)"),
    ("neighbours in the cutoff: packing, rows, pair forces", r"DescriptorKernelV(7prepare|12gatherForces)|BlockWorker"),
    ("sum of forces over blocks", r"CompressedEvaluator|GroupResult|memset"),
    ("neighbour list", r"BinnedImages|NeighbourList|Skin(List|Search|Rows)|DistinctTranslations"),
    ("integrator, thermostat, logs", r"MolecularDynamics"),
    ("waiting for the other thread", r"WorkerPool|6Shared|sched_yield|DeepPotential.*[Pp]oll"),
]
OTHER = "other (run time, kernel)"
START_UP_MS = 2500
ATOMS_CELL = "3x3x2"


def sgemm_peak(threads):
    """GFLOP/s of one large sgemm, in a process of its own."""
    return float(subprocess.run(
        [sys.executable, str(HERE / "sgemm_peak.py"), str(threads)], env=deepmd_kit.program_environment(), check=True,
        stdout=subprocess.PIPE, text=True).stdout)


def neighbours(structure, cutoff):
    """Mean number of neighbours within the cutoff (Å) of a POSCAR with an orthogonal cell wider than twice that."""
    import numpy
    lines = structure.read_text().split("\n")
    size = numpy.array([float(lines[2 + axis].split()[axis]) for axis in range(3)])
    count = sum(map(int, lines[6].split()))
    first = next(k for k, line in enumerate(lines) if line.strip().lower() in ("direct", "cartesian")) + 1
    positions = numpy.array([[float(x) for x in line.split()[:3]] for line in lines[first:first + count]])
    if lines[first - 1].strip().lower() == "direct":
        positions = positions * size
    d = positions[:, None, :] - positions[None, :, :]
    d -= size * numpy.rint(d / size)
    return ((d ** 2).sum(axis=2) < cutoff ** 2).sum() / count - 1


def arithmetic(model, bench, structure, atoms):
    """Floating-point operations of a step: of the fitting nets' matrix products, and of the descriptors."""
    import yaml
    path = Path(bench.work) / "model.yaml"
    subprocess.run([str(bench.binary), "convert", str(model), str(path), "--quiet"], check=True)
    with open(path) as file:
        tree = yaml.load(file, Loader=yaml.CSafeLoader)["model"]
    fitting, inputs, operations = tree["fitting"], 0, 0
    for part in tree["descriptor"].get("list", [tree["descriptor"]]):
        width, near = part["neuron"][-1], neighbours(structure, part["rcut"])
        if part["type"] == "se_e2_a":
            # For every column of every neighbour: a spline and four sums forward; three differences, value and slope, four
            # products and five sums backward. For D 4 M1 M2 forward and twice that backward.
            inputs += width * part["axis_neuron"]
            operations += 46 * width * near + 24 * width * part["axis_neuron"]
        else:
            # For every column of every pair: four sums forward; three differences, slope and sum backward. For the pair
            # its product and two vectors of three.
            inputs += width
            operations += (18 * width + 17) * near * (near + 1) / 2
    layers = [inputs, *fitting["neuron"], 1]
    # Forward and backward, a multiplication and an addition each.
    products = 4 * sum(a * b for a, b in zip(layers, layers[1:]))
    return {"fitting": atoms * products, "descriptor": atoms * operations}


def share(data):
    """{part: percent} of a perf file."""
    report = subprocess.run(
        ["perf", "report", "-i", str(data), "--stdio", "--no-children", "--percent-limit", "0", "-t", "|",
         "--fields", "overhead,dso,symbol"], check=True, capture_output=True, text=True).stdout
    parts = {name: 0.0 for name, _ in PARTS} | {OTHER: 0.0}
    for line in report.splitlines():
        fields = line.split("|")
        if line.startswith("#") or len(fields) < 3 or "%" not in fields[0]:
            continue
        symbol = f"{fields[1].strip()} {fields[2].strip()}"
        part = next((name for name, pattern in PARTS if re.search(pattern, symbol)), OTHER)
        parts[part] += float(fields[0].strip().rstrip("%"))
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+", help=".dp models")
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each profile")
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    deepmd_kit.use_environment()
    arguments.output.mkdir(parents=True, exist_ok=True)
    profiles, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        bench = dynamics.Bench(folder, arguments.binary)
        structure, atoms = bench.crystal(ATOMS_CELL)
        for model in (path.resolve() for path in arguments.models):
            flops = arithmetic(model, bench, structure, atoms)
            for threads in (1, 2):
                before = sgemm_peak(threads)
                milliseconds, _ = bench.milliseconds(structure, [model], threads, long=450)
                peak = max(before, sgemm_peak(threads))
                peaks.append([dynamics.name(model), atoms, threads, f"{milliseconds:.3f}", f"{flops['fitting'] / 1e6:.1f}",
                              f"{flops['descriptor'] / 1e6:.1f}", f"{peak:.1f}"])
                print(*peaks[-1], flush=True)
                run = Path(folder) / "profiled"
                subprocess.run(["rm", "-rf", str(run)], check=True)
                steps = round((1000 * arguments.seconds + START_UP_MS) / milliseconds)
                config = Path(folder) / "md.json"
                config.write_text(json.dumps(dynamics.configuration(steps)))
                data = Path(folder) / "perf.data"
                subprocess.run(
                    ["perf", "record", "-q", "-e", "cpu-clock", "-F", "1999", "-D", str(START_UP_MS), "-o", str(data),
                     str(bench.binary), "md", str(config), "--structure", str(structure), "--model", str(model),
                     "--threads", str(threads), "--output", str(run), "--quiet"], check=True,
                    env=deepmd_kit.program_environment(), stderr=subprocess.DEVNULL)
                for part, percent in share(data).items():
                    profiles.append([dynamics.name(model), threads, part, f"{percent:.2f}"])
    for name, columns, rows in (
        ("profile.csv", ["model", "threads", "part", "percent"], profiles),
        ("peak.csv", ["model", "atoms", "threads", "ms_per_step", "fitting_MFLOP", "descriptor_MFLOP",
                      "sgemm_peak_GFLOP_per_s"], peaks),
    ):
        with open(arguments.output / name, "w", newline="") as file:
            csv.writer(file).writerows([columns, *rows])


if __name__ == "__main__":
    main()
