#!/usr/bin/env python3
"""Does `lgps-bench check` fail when the program is wrong? Plants small defects, one at a time, and looks.

    Benchmarks/mutation/mutate.py run --work WORK [--whole] [NAME ...]    20 minutes on two cores; goes on where it stopped
    Benchmarks/mutation/mutate.py wide --work WORK                        the same sources with vectors of sixteen floats
    Benchmarks/mutation/mutate.py report                                  writes README.md from results/

`run` copies the sources (files that git knows, as they are now) to WORK and writes every defect of defects.json into them behind a
switch, so that one build serves all; the environment variable LGPS_DEFECT then plants one of them, and `check --json`
runs, first without any. Only the checks that defects.json names are made, and without a defect all that any of them is for, unless
--whole is given: the whole fails where a part does. The working tree is not touched. In debug builds, the default, the numerical modules are
optimised too.
"""
import argparse
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = HERE / "results" / "mutations.csv"
FIELDS = ["defect", "exit_code", "made", "numbers", "moved", "failing", "worst", "worst_in_tolerances", "seconds", "commit"]
DEFECTS = json.loads((HERE / "defects.json").read_text())["defects"]
NONE = {
    "name": "none", "what": "*no defect: the same program with none planted*",
    "checks": ["fits", "diffusion", "findings", "verdicts", "evaluators", "training", "dynamics"],
}
WIDE = {"name": "wide-vectors", "what": "*no defect: sums in another order, vectors of sixteen floats as on AVX-512*"}
SWITCH = '\nprivate let isPlanted = ProcessInfo.processInfo.environment["LGPS_DEFECT"] == "{name}"\n'


def git(*arguments):
    return subprocess.run(["git", "-C", ROOT, *arguments], check=True, capture_output=True, text=True).stdout


def copy_sources(work):
    """Files that git knows, copied where they differ, so that builds stay incremental."""
    for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        source, target = ROOT / name, work / name
        if not name or not source.is_file():
            continue
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        shutil.copymode(source, target)


def replace(work, file, old, new):
    path = work / file
    text = path.read_text()
    if text.count(old) != 1:
        sys.exit(f"'{old}' stands {text.count(old)} times in {path}: mend defects.json")
    path.write_text(text.replace(old, new))


def build(work, configuration):
    command = ["swift", "build", "-c", configuration, "--product", "lgps-bench"]
    done = subprocess.run(command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"the program does not build:\n{done.stdout[-3000:]}")


def check(work, configuration, defect, whole=False):
    """What the check finds with one defect planted, as a row."""
    command = [f".build/{configuration}/lgps-bench", "check", "--json", "--quiet"]
    if not whole:
        command += [word for name in defect.get("checks", []) for word in ("--only", name)]
    environment = {**os.environ, "LGPS_DEFECT": defect["name"]}
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"the check ended with {done.returncode}: {done.stderr[-2000:]}")
    return row(defect, json.loads(done.stdout), done.returncode)


def row(defect, report, code):
    checks = report["checks"]
    moved = [m for c in checks for m in c["movements"] if m["state"] != "kept"]
    failing = [c["name"] for c in checks if c.get("obstacle") or any(m["state"] != "kept" for m in c["movements"])]
    # Without a movement that fails: how near the others came.
    numbers = [m for c in checks for m in c["movements"] if m.get("inTolerances") is not None and (m in moved or not moved)]
    distance, worst = max(((abs(float(m["inTolerances"])), m["id"]) for m in numbers), default=(0, moved[0]["id"] if moved else ""))
    return {
        "defect": defect["name"], "exit_code": code, "made": " ".join(c["name"] for c in checks), "numbers": sum(len(c["movements"]) for c in checks),
        "moved": len(moved), "failing": " ".join(failing), "worst": worst, "worst_in_tolerances": f"{distance:.3g}",
        "seconds": f"{sum(c['seconds'] for c in checks):.0f}", "commit": git("rev-parse", "--short", "HEAD").strip(),
    }


def read():
    return list(csv.DictReader(RESULTS.open())) if RESULTS.exists() else []


def keep(result):
    rows = [r for r in read() if r["defect"] != result["defect"]] + [result]
    order = [d["name"] for d in [NONE, WIDE] + DEFECTS]
    rows.sort(key=lambda r: order.index(r["defect"]))
    temporary = RESULTS.with_suffix(".tmp")
    with temporary.open("w", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    temporary.rename(RESULTS)
    print(result, flush=True)


def scratch(arguments):
    work = pathlib.Path(arguments.work).resolve()
    if work == ROOT or ROOT in work.parents:
        sys.exit("WORK must lie outside of the checkout")
    RESULTS.parent.mkdir(exist_ok=True)
    copy_sources(work)
    return work


def run(arguments):
    known = {d["name"]: d for d in [NONE] + DEFECTS}
    unknown = set(arguments.names) - set(known)
    if unknown:
        sys.exit(f"no defect is called {', '.join(unknown)}; known: {', '.join(known)}")
    done = {r["defect"] for r in read()}
    wanted = [known[name] for name in arguments.names or known if arguments.names or name not in done]
    work = scratch(arguments)
    for defect in DEFECTS:
        replace(work, defect["file"], defect["from"], defect["to"].replace("PLANTED", "isPlanted"))
        path = work / defect["file"]
        path.write_text("import Foundation\n" + path.read_text() + SWITCH.replace("{name}", defect["name"]))
    try:
        build(work, arguments.configuration)
        for defect in wanted:
            keep(check(work, arguments.configuration, defect, arguments.whole))
    finally:
        copy_sources(work)


def wide(arguments):
    work = scratch(arguments)
    replace(work, "Package.swift", "if hasWideRegisters {", "if true {")
    try:
        build(work, arguments.configuration)
        keep(check(work, arguments.configuration, WIDE))
    finally:
        copy_sources(work)


def report(_):
    rows = {r["defect"]: r for r in read()}
    lines = [(HERE / "notes.md").read_text().rstrip(), "", "## Result", ""]
    lines += [
        "| defect | in | check | by | of those made | numbers that moved | the one that moved most | in its tolerances |",
        "| --- | --- | --- | --- | --- | ---: | --- | ---: |",
    ]
    for defect in [NONE, WIDE] + DEFECTS:
        where = f"`{defect['file'].removeprefix('Sources/')}`" if "file" in defect else "–"
        if defect["name"] not in rows:
            lines.append(f"| {defect['what']} | {where} | not run | | | | | |")
            continue
        r = rows[defect["name"]]
        made = "all" if len(r["made"].split()) == 9 else r["made"].replace(" ", ", ")
        lines.append(
            f"| {defect['what']} | {where} | {'fails' if r['exit_code'] == '1' else 'passes'} "
            f"| {r['failing'].replace(' ', ', ') or '–'} | {made} | {r['moved']} of {r['numbers']} | {r['worst']} | {r['worst_in_tolerances']} |")
    planted = [rows[d["name"]] for d in DEFECTS if d["name"] in rows]
    lines += ["", f"The check fails with {sum(r['exit_code'] == '1' for r in planted)} of {len(planted)} defects that were planted."]
    (HERE / "README.md").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, do in [("run", run), ("wide", wide)]:
        command = commands.add_parser(name)
        if do is run:
            command.add_argument("names", nargs="*", help="defects, or none; all without a result unless named")
            command.add_argument("--whole", action="store_true", help="make every check with every defect")
        command.add_argument("--work", required=True, help="the scratch copy")
        command.add_argument("--configuration", default="debug", choices=["debug", "release"])
        command.set_defaults(do=do)
    commands.add_parser("report").set_defaults(do=report)
    arguments = parser.parse_args()
    arguments.do(arguments)


if __name__ == "__main__":
    main()
