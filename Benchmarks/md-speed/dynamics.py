"""Runs of `lgps-bench md` for the benchmarks, and what a step of them costs."""
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import deepmd_kit

TEMPERATURE = 600.0
# Steps between the two lengths whose difference counts: the run has left the crystal and renews its neighbour lists.
SHORT, LONG = 50, 250


def configuration(steps, **more):
    return {
        "ensemble": "nvt", "temperature": TEMPERATURE, "timestep": 0.002, "steps": steps,
        "thermostat": {"relaxation_time": 0.2, "chain_length": 3}, "checkpoint_interval": 10 ** 6,
        "output": {"thermo_interval": 100}, **more}


class Bench:
    """A folder with crystals, in which runs are made."""

    def __init__(self, work, binary):
        self.work, self.binary = Path(work), Path(binary).resolve()

    def crystal(self, supercell):
        """The path of the ordered crystal of so many cells of 50 atoms, and its number of atoms."""
        path = self.work / f"{supercell}.vasp"
        if not path.exists():
            self.write_crystal(supercell, path)
        a, b, c = map(int, supercell.split("x"))
        return path, 50 * a * b * c

    def write_crystal(self, supercell, path):
        """Writes it in the format that the path's ending names."""
        subprocess.run([str(self.binary), "structure", str(path), "--supercell", supercell, "--quiet"], check=True)

    def run(self, config, structure, models, threads, replicas=1):
        """Wall seconds and largest resident memory (MB) of one run."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            (Path(folder) / "md.json").write_text(json.dumps(config))
            command = [str(self.binary), "md", "md.json", "--structure", str(structure), "--threads", str(threads),
                       "--output", "run", "--quiet", "--model", *map(str, models)]
            if replicas > 1:
                command += ["--replicas", str(replicas)]
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=folder, env=deepmd_kit.program_environment())
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            # wait4 has reaped the process already.
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise SystemExit(f"{' '.join(command)} failed")
            return seconds, usage.ru_maxrss / 1024

    def milliseconds(self, structure, models, threads, replicas=1, short=SHORT, long=LONG, **more):
        """Milliseconds per step, start-up left out as the difference of two lengths, and memory (MB)."""
        first, _ = self.run(configuration(short, **more), structure, models, threads, replicas)
        second, memory = self.run(configuration(long, **more), structure, models, threads, replicas)
        return 1000 * (second - first) / (long - short), memory


def name(model):
    return f"{Path(model).resolve().parent.name}/{Path(model).name}"
