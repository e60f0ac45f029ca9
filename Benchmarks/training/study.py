"""Short trainings of many nets or settings on the same split of the data, one row of errors each: what the studies share."""
import argparse
import csv
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sizes

ERRORS = {"step": "step", "energy_meV_atom": "energy_rmse_meV_atom", "force_meV_A": "force_rmse_meV_A",
          "virial_meV_atom": "virial_rmse_meV_atom"}
SECONDS = {"seconds": "seconds"}


def parser(description):
    result = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("names", nargs="*", help="of those in the script; all without")
    result.add_argument("--data", type=Path, required=True)
    result.add_argument("--work", type=Path, required=True)
    result.add_argument("--jobs", type=int, default=2)
    result.add_argument("--binary", default=str(sizes.ROOT / ".build/release/lgps-bench"))
    return result


def run(arguments, names, training_input, results, first, columns):
    """Trains what is not trained yet and writes results.

    names: all of the study; training_input: of a name and the folder with the links `train` and `hold`; results: a file
    name; first: the heading of its first column; columns: those of models.csv that follow, with their headings.
    """
    work = arguments.work.resolve()
    sizes.split(arguments.data, work)

    def train(name):
        folder = work / name.replace("/", "-")
        if not (folder / "models.csv").exists():
            folder.mkdir(exist_ok=True)
            (folder / "input.json").write_text(json.dumps(training_input(name, work), indent=1))
            subprocess.run([arguments.binary, "train", "input.json", "--output", ".", "--threads", "1", "--quiet"],
                           cwd=folder, check=True)
        row = list(csv.DictReader(open(folder / "models.csv")))[-1]
        print(name, row, flush=True)
        return [name, *(row[column] for column in columns)]

    with ThreadPoolExecutor(arguments.jobs) as pool:
        rows = list(pool.map(train, arguments.names or names))
    with open(sizes.HERE / "results" / results, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([first, *columns.values()])
        writer.writerows(rows)
