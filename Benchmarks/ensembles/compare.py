#!/usr/bin/env python3
"""Do lgps-bench and LAMMPS + DeePMD-kit sample the same ensembles with the same model? Writes results/ and README.md here.

Both start from the same crystal at rest, with velocities drawn from different seeds, and run NVT and NPT at 600 K; the
model is converted and compressed by DeePMD-kit. Compared: mean potential energy, pressure and its diagonal (NVT), radial
distribution functions (NVT), lattice parameters, volume and potential energy (NPT).

    make build
    Benchmarks/ensembles/compare.py [--model MODEL.dp] [--work FOLDER] [--jobs 2]

Runs that FOLDER holds already are not repeated; FOLDER is a temporary one by default.
"""
import argparse
import csv
import json
import math
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import deepmd_kit  # noqa: E402

TEMPERATURE = 600.0
TIMESTEP = 0.002
SUPERCELL = "2x2x1"
THERMO_INTERVAL, FRAME_INTERVAL = 10, 50
BAR_PER_GPA = 1e4

LAMMPS_INPUT = """units metal
boundary p p p
atom_style atomic
read_data ../cell.data
pair_style deepmd ../compressed.pb
pair_coeff * * {elements}
neighbor 2.0 bin
velocity all create {temperature} {seed} mom yes rot no loop geom
fix 1 all {fix}
timestep {timestep}
thermo_style custom step temp pe press pxx pyy pzz vol lx ly lz
thermo_modify format float %.10g
thermo {thermo}
dump 1 all custom {frames} frames.txt id type xu yu zu
dump_modify 1 sort id format float %.6f
run {steps}
"""
FIXES = {
    "nvt": "nvt temp {t} {t} 0.2 tchain 3",
    "npt": "npt temp {t} {t} 0.2 tchain 3 aniso 0.0 0.0 0.5 pchain 3 mtk yes",
}


def run_lammps(folder, ensemble, seed, steps, elements, venv):
    (folder / "in.lammps").write_text(LAMMPS_INPUT.format(
        elements=elements, temperature=TEMPERATURE, seed=1000 + seed, fix=FIXES[ensemble].format(t=TEMPERATURE),
        timestep=TIMESTEP, thermo=THERMO_INTERVAL, frames=FRAME_INTERVAL, steps=steps))
    (folder / "log.txt").write_text(deepmd_kit.lammps(folder, venv, "in.lammps"))


def run_ours(folder, ensemble, seed, steps, binary, model):
    config = {
        "ensemble": ensemble, "temperature": TEMPERATURE, "timestep": TIMESTEP, "steps": steps, "seed": seed,
        "constants": "lammps", "thermostat": {"relaxation_time": 0.2, "chain_length": 3},
        "output": {"thermo_interval": THERMO_INTERVAL,
                   "trajectory": {"format": "extxyz", "interval": FRAME_INTERVAL}}}
    if ensemble == "npt":
        config |= {"pressure": 0.0, "barostat": {"relaxation_time": 0.5, "coupling": "anisotropic"}}
    (folder / "md.json").write_text(json.dumps(config))
    subprocess.run(
        [str(binary), "md", "md.json", "--structure", "../cell.vasp", "--model", str(model), "--threads", "1",
         "--output", "run", "--quiet"], cwd=folder, env=deepmd_kit.program_environment(), check=True)


def read_lammps_thermo(folder):
    """Rows of step, K, eV, GPa (mean, xx, yy, zz), Å³, Å (a, b, c)."""
    rows, inside = [], False
    for line in (folder / "log.txt").read_text().splitlines():
        words = line.split()
        if words[:2] == ["Step", "Temp"]:
            inside = True
        elif line.startswith("Loop time"):
            inside = False
        elif inside and len(words) == 11 and words[0].isdigit():
            values = [float(word) for word in words]
            rows.append(values[:3] + [p / BAR_PER_GPA for p in values[3:7]] + values[7:])
    return rows


def read_our_thermo(folder):
    columns = ("step", "temperature_K", "potential_eV", "pressure_GPa", "pxx_GPa", "pyy_GPa", "pzz_GPa", "volume_A3",
               "ax_A", "by_A", "cz_A")
    with open(folder / "run/thermo.csv") as file:
        return [[float(record[column]) for column in columns] for record in csv.DictReader(file)]


def read_lammps_frames(folder):
    """Types from 0 and frames of (edges, positions)."""
    lines = (folder / "frames.txt").read_text().split("\n")
    count = int(lines[3])
    size = count + 9
    for start in range(0, len(lines) - size + 1, size):
        bounds = [[float(word) for word in line.split()] for line in lines[start + 5:start + 8]]
        atoms = [line.split() for line in lines[start + 9:start + size]]
        yield ([int(a[1]) - 1 for a in atoms], [high - low for low, high, *_ in bounds],
               [[float(x) for x in a[2:5]] for a in atoms])


def read_our_frames(folder, elements):
    lines = (folder / "run/trajectory.extxyz").read_text().split("\n")
    count = int(lines[0])
    size = count + 2
    for start in range(0, len(lines) - size + 1, size):
        cell = lines[start + 1].split('Lattice="')[1].split('"')[0].split()
        atoms = [line.split() for line in lines[start + 2:start + size]]
        yield ([elements.index(a[0]) for a in atoms], [float(cell[k]) for k in (0, 4, 8)],
               [[float(x) for x in a[1:4]] for a in atoms])


def block_error(series):
    """The standard error of the mean of a correlated series by blocking (Flyvbjerg-Petersen), with the block length of
    Wolff and Lee et al., B³ > 2 n (σ_B/σ_1)⁴, and at least eight blocks: the estimator of lgps-bench's Statistics."""
    levels, blocks, length = [], list(series), 1
    while len(blocks) >= 8:
        count, mean = len(blocks), sum(blocks) / len(blocks)
        levels.append((length, math.sqrt(sum((x - mean) ** 2 for x in blocks) / (count * (count - 1)))))
        blocks = [0.5 * (blocks[2 * k] + blocks[2 * k + 1]) for k in range(count // 2)]
        length *= 2
    first = levels[0][1]
    for length, error in levels:
        if length ** 3 > 2 * len(series) * (error / first) ** 4:
            return error
    return max(error for _, error in levels)


class Comparison:
    def __init__(self, arguments, work, venv):
        self.arguments, self.work = arguments, work
        self.venv = venv
        self.model, self.binary = arguments.model.resolve(), arguments.binary.resolve()
        self.steps = round(arguments.picoseconds / TIMESTEP)
        self.runs = [(program, ensemble, seed) for seed in range(1, 1 + max(arguments.lammps_runs, arguments.our_runs))
                     for ensemble in ("nvt", "npt") for program in ("lammps", "ours")
                     if seed <= (arguments.lammps_runs if program == "lammps" else arguments.our_runs)]

    def prepare(self):
        mark = self.work / "elements.txt"
        if not mark.exists():
            for name in ("cell.data", "cell.vasp"):
                subprocess.run([str(self.binary), "structure", name, "--supercell", SUPERCELL, "--quiet"],
                               cwd=self.work, check=True)
            mark.write_text(deepmd_kit.compress(self.model, self.work, self.venv, self.binary))
        self.elements = mark.read_text()

    def folder(self, program, ensemble, seed):
        return self.work / f"{program}-{ensemble}-{seed}"

    def run(self, program, ensemble, seed):
        folder = self.folder(program, ensemble, seed)
        if (folder / "done").exists():
            return
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        folder.mkdir()
        if program == "lammps":
            run_lammps(folder, ensemble, seed, self.steps, self.elements, self.venv)
        else:
            run_ours(folder, ensemble, seed, self.steps, self.binary, self.model)
        (folder / "done").touch()
        print(f"{program} {ensemble} seed {seed}: done", flush=True)

    def series(self, program, ensemble, seed):
        folder = self.folder(program, ensemble, seed)
        rows = read_lammps_thermo(folder) if program == "lammps" else read_our_thermo(folder)
        expected = self.steps // THERMO_INTERVAL + 1
        if len(rows) != expected:
            raise SystemExit(f"{folder}: {len(rows)} thermo records, not {expected}")
        return [row for row in rows if row[0] * TIMESTEP >= self.arguments.equilibration]

    def frames(self, program, ensemble, seed):
        folder = self.folder(program, ensemble, seed)
        frames = (read_lammps_frames(folder) if program == "lammps"
                  else read_our_frames(folder, self.elements.split()))
        for number, frame in enumerate(frames):
            if number * FRAME_INTERVAL * TIMESTEP >= self.arguments.equilibration:
                yield frame


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=deepmd_kit.ROOT / "reference-data/models/LiGePS-PBE/model-000.dp")
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time, each on one thread")
    parser.add_argument("--lammps-runs", type=int, default=2, help="seeds of LAMMPS, for each ensemble")
    parser.add_argument("--our-runs", type=int, default=4, help="seeds of lgps-bench, for each ensemble")
    parser.add_argument("--picoseconds", type=float, default=60.0)
    parser.add_argument("--equilibration", type=float, default=10.0, help="discarded at the beginning (ps)")
    parser.add_argument("--output", type=Path, default=HERE)
    arguments = parser.parse_args()
    venv = deepmd_kit.use_environment()
    with tempfile.TemporaryDirectory() as temporary:
        work = (arguments.work or Path(temporary)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        comparison = Comparison(arguments, work, venv)
        comparison.prepare()
        with ThreadPoolExecutor(arguments.jobs) as pool:
            list(pool.map(lambda run: comparison.run(*run), comparison.runs))
        import report
        report.write(comparison)


if __name__ == "__main__":
    main()
