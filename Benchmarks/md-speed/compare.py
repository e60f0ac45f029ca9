#!/usr/bin/env python3
"""Time per MD step of lgps-bench beside LAMMPS + DeePMD-kit: same model, same 900 atoms, same NVT run, in turn.

Start-up is left out: LAMMPS's own loop time of a second run counts, and for lgps-bench the difference of the wall times
of two lengths. Rounds alternate the programs, so that a drift of the machine meets all of them. Writes lammps.csv.

    make build
    Benchmarks/md-speed/compare.py MODEL.dp [MODEL.dp ...] [--rounds 3]

DeePMD-kit comes from Benchmarks/deepmd-venv.sh: the environment LGPS_DEEPMD_VENV, or one made there.
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

LAMMPS_STEPS = 40
LAMMPS_INPUT = """units metal
boundary p p p
atom_style atomic
read_data cell.data
pair_style deepmd {file}
pair_coeff * * {elements}
neighbor 2.0 bin
neigh_modify every 10 delay 0 check no
velocity all create {temperature} 4711 mom yes rot no loop geom
fix 1 all nvt temp {temperature} {temperature} 0.2 tchain 3
timestep 0.002
thermo 100
run 10
run {steps}
"""


class Lammps:
    """LAMMPS with DeePMD-kit on `threads` threads or `ranks` ranks."""

    def __init__(self, work, venv, form, threads=1, ranks=1):
        how = f"{ranks} ranks" if ranks > 1 else f"{threads} thread{'s' * (threads > 1)}"
        self.name, self.cores = f"LAMMPS + DeePMD-kit, {form}, {how}", threads * ranks
        self.work, self.venv, self.threads, self.ranks = work, venv, threads, ranks

    def milliseconds(self):
        output = deepmd_kit.lammps(self.work, self.venv, "in.lammps", self.threads, self.ranks)
        loops = [line.split() for line in output.splitlines() if line.startswith("Loop time")]
        return 1000 * float(loops[-1][3]) / LAMMPS_STEPS


class Ours:
    """lgps-bench md on `threads` threads."""

    def __init__(self, bench, structure, model, threads):
        self.name, self.cores = f"lgps-bench, {threads} thread{'s' * (threads > 1)}", threads
        self.bench, self.structure, self.model = bench, structure, model

    def milliseconds(self):
        return self.bench.milliseconds(self.structure, [self.model], self.cores, long=450)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path, nargs="+", help="DeePMD-kit .dp models")
    parser.add_argument("--binary", type=Path, default=deepmd_kit.BINARY)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=HERE / "results")
    arguments = parser.parse_args()
    venv = deepmd_kit.environment()
    arguments.output.mkdir(parents=True, exist_ok=True)
    with open(arguments.output / "lammps.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "round", "program", "cores", "ms_per_step"])
        for model in (path.resolve() for path in arguments.models):
            with tempfile.TemporaryDirectory() as folder:
                bench, work = dynamics.Bench(folder, arguments.binary), Path(folder)
                elements = deepmd_kit.compress(model, work, venv, bench.binary)
                # DeePMD-kit 3.2 compresses se_e3 too, but dynamics with the result explodes within ten steps.
                form, graph = ("not compressed", "model.pb") if deepmd_kit.is_hybrid(work) else ("compressed", "compressed.pb")
                structure, _ = bench.crystal("3x3x2")
                bench.write_crystal("3x3x2", work / "cell.data")
                (work / "in.lammps").write_text(LAMMPS_INPUT.format(
                    file=graph, elements=elements, steps=LAMMPS_STEPS, temperature=dynamics.TEMPERATURE))
                programs = [Lammps(work, venv, form), Lammps(work, venv, form, threads=2), Lammps(work, venv, form, ranks=2),
                            *(Ours(bench, structure, model, threads) for threads in (1, 2))]
                for round_number in range(1, arguments.rounds + 1):
                    for program in programs:
                        row = [dynamics.name(model), round_number, program.name, program.cores,
                               f"{program.milliseconds():.3f}"]
                        writer.writerow(row)
                        file.flush()
                        print(*row, flush=True)


if __name__ == "__main__":
    main()
