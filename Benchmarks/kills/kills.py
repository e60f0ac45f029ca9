#!/usr/bin/env python3
"""Is anything lost or left behind when a command is killed? Kills every long command at random moments, and repeats it.

    Benchmarks/kills/kills.py [--binary FILE] [--kills 50] [--seed 20] [--work DIR] [--longest 8] [COMMAND ...]

Each command runs once undisturbed. Then it is started in an empty folder, killed (SIGKILL) at a moment drawn evenly up to
six tenths of its whole time, or --longest seconds, and started again in the same way, until a start comes to its end; its results are
compared with the undisturbed ones, and names of files half written are looked for. This goes on in fresh folders until there
were --kills kills. results.csv has a row for each command, kills.csv one for each kill.
"""
import argparse
import csv
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import commands

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def start(binary, command, folder, output):
    with open(folder / "messages.txt", "ab") as messages:
        return subprocess.Popen(
            [binary, *command.arguments(folder, output), "--threads", "1", "--quiet"], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=messages, env={**os.environ, **command.environment(folder)})


def leftovers(output):
    """Names that only files half written have."""
    marks = (".tmp-", ".new-", ".old-", ".unfinished")
    return [str(path) for path in output.rglob("*") if any(mark in path.name for mark in marks)]


def torn(binary, command, folder, output, draw):
    """Starts and kills until a start ends by itself, or `draw` gives no more moments.

    Returns the seconds from start to kill, and the exit code of the last start."""
    moments = []
    while True:
        moment = draw()
        began = time.monotonic()
        process = start(binary, command, folder, output)
        try:
            return moments, process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            moments.append(time.monotonic() - began)


def study(binary, command, folder, kills, longest, seed):
    def run(*arguments):
        subprocess.run([binary, *arguments, "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    command.prepare(run, folder)
    began = time.monotonic()
    if start(binary, command, folder, "whole").wait():
        sys.exit(f"{command.name} fails undisturbed: see {folder}/messages.txt")
    seconds = time.monotonic() - began
    whole = command.result(folder / "whole")
    files = {str(path.relative_to(folder / "whole")) for path in (folder / "whole").rglob("*")}
    random_moments = random.Random(f"{seed} {command.name}")
    row = {"command": command.name, "seconds_undisturbed": round(seconds, 1), "kills": 0, "runs": 0, "failed_starts": 0,
           "other_results": 0, "leftovers": 0, "missing_files": 0, "overlaps": 0}
    rows = []

    def draw():
        if row["kills"] == kills:
            return None
        row["kills"] += 1
        return random_moments.uniform(0, min(longest, 0.6 * seconds))

    while row["kills"] < kills:
        output = f"torn-{row['runs']:03d}"
        moments, status = torn(binary, command, folder, output, draw)
        # The last start of a run was not killed.
        row["kills"] = len(rows) + len(moments)
        found = leftovers(folder / output)
        there = {str(path.relative_to(folder / output)) for path in (folder / output).rglob("*")}
        missing = sorted(name for name in files - there if command.is_expected(name))
        is_same = command.result(folder / output) == whole
        rows += [{"command": command.name, "run": row["runs"], "kill": number, "seconds_after_start": round(moment, 3)}
                 for number, moment in enumerate(moments)]
        row["runs"] += 1
        row["failed_starts"] += status != 0
        row["other_results"] += not is_same
        row["leftovers"] += len(found)
        row["missing_files"] += len(missing)
        for what in found + missing + ([] if is_same else [f"{output} differs"]) + ([f"exit code {status}"] if status else []):
            print(f"{command.name}: {what}", flush=True)
        if is_same and not found and not missing and not status:
            shutil.rmtree(folder / output)
    row["overlaps"] = command.overlaps(folder)
    return row, rows


def write(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def merged(path, rows):
    """The rows of other commands that are there already, and these."""
    names = {row["command"] for row in rows}
    old = list(csv.DictReader(open(path))) if path.exists() else []
    order = [command.name for command in commands.ALL]
    return sorted([row for row in old if row["command"] not in names] + rows, key=lambda row: order.index(row["command"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="*", help=", ".join(command.name for command in commands.ALL))
    parser.add_argument("--binary", default=ROOT / ".build/release/lgps-bench", type=pathlib.Path)
    parser.add_argument("--kills", default=50, type=int)
    parser.add_argument("--seed", default=20, type=int)
    parser.add_argument("--longest", default=8, type=float)
    parser.add_argument("--work", type=pathlib.Path)
    arguments = parser.parse_args()
    work = arguments.work or pathlib.Path(tempfile.mkdtemp(prefix="kills-"))
    clean = True
    for command in commands.ALL:
        if arguments.command and command.name not in arguments.command:
            continue
        folder = work / command.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        began = time.monotonic()
        row, rows = study(arguments.binary.resolve(), command, folder, arguments.kills, arguments.longest, arguments.seed)
        print(json.dumps({**row, "minutes": round((time.monotonic() - began) / 60, 1)}), flush=True)
        write(HERE / "results.csv", merged(HERE / "results.csv", [row]))
        write(HERE / "kills.csv", merged(HERE / "kills.csv", rows))
        bad = ["failed_starts", "other_results", "leftovers", "missing_files", "overlaps"]
        clean = clean and not any(row[key] for key in bad)
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
