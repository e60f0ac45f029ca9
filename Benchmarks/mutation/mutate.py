#!/usr/bin/env python3
"""Does `lgps-bench check` fail when the program is wrong? Plants small defects, one at a time, and looks.

    Benchmarks/mutation/mutate.py run --work WORK [NAME ...]    20 to 60 minutes on two cores; goes on where it stopped
    Benchmarks/mutation/mutate.py report                        writes README.md from results/

`run` copies the sources (files that git knows, as they are now) to WORK, builds there, sees that the check passes, and then
for each defect of defects.json changes one expression, builds, runs `check --json`, and changes it back. The working
tree is not touched. --configuration release builds as users do; in debug builds the numerical modules are optimised too.
"""
import argparse
import csv
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = HERE / "results" / "mutations.csv"
FIELDS = ["defect", "caught", "numbers", "moved", "checks", "worst", "worst_in_tolerances", "seconds", "commit"]
NONE = {"name": "none", "file": None, "what": "nothing is planted", "harmless": True}


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
        shutil.copy2(source, target)


def build(work, configuration):
    command = ["swift", "build", "-c", configuration, "--product", "lgps-bench"]
    done = subprocess.run(command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"the program with this defect does not build:\n{done.stdout[-3000:]}")


def check(work, configuration):
    """The report of the check and its exit code."""
    command = [f".build/{configuration}/lgps-bench", "check", "--json", "--quiet"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"the check ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout), done.returncode


def row(defect, report, code):
    moved = [m for c in report["checks"] for m in c["movements"] if m["state"] != "kept"]
    count = sum(len(c["movements"]) for c in report["checks"])
    failing = [
        c["name"] for c in report["checks"]
        if c.get("obstacle") or any(m["state"] != "kept" for m in c["movements"])
    ]
    numbers = [(abs(float(m["inTolerances"])), m["id"]) for m in moved if m.get("inTolerances") is not None]
    worst = max(numbers, default=(0, moved[0]["id"] if moved else ""))
    if not moved:
        # How near it came.
        kept = [m for c in report["checks"] for m in c["movements"] if m.get("inTolerances") is not None]
        worst = max((abs(float(m["inTolerances"])), m["id"]) for m in kept)
    return {
        "defect": defect["name"], "caught": "yes" if code == 1 else "no", "numbers": count, "moved": len(moved),
        "checks": " ".join(failing), "worst": worst[1], "worst_in_tolerances": f"{worst[0]:.3g}",
        "seconds": f"{sum(c['seconds'] for c in report['checks']):.0f}", "commit": git("rev-parse", "--short", "HEAD").strip(),
    }


def read():
    return list(csv.DictReader(RESULTS.open())) if RESULTS.exists() else []


def write(rows):
    order = [d["name"] for d in [NONE] + defects()]
    rows.sort(key=lambda r: order.index(r["defect"]))
    temporary = RESULTS.with_suffix(".tmp")
    with temporary.open("w", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    temporary.rename(RESULTS)


def defects():
    return json.loads((HERE / "defects.json").read_text())["defects"]


def run(arguments):
    work = pathlib.Path(arguments.work).resolve()
    if work == ROOT or ROOT in work.parents and ".build" not in work.parts:
        sys.exit("WORK must lie outside of the checkout, or below its .build")
    wanted = [d for d in [NONE] + defects() if not arguments.names or d["name"] in arguments.names]
    if len(wanted) < len(set(arguments.names)):
        sys.exit(f"known defects: {', '.join(d['name'] for d in [NONE] + defects())}")
    for defect in wanted:
        done = read()
        if not arguments.names and any(r["defect"] == defect["name"] for r in done):
            continue
        copy_sources(work)
        if defect["file"]:
            path = work / defect["file"]
            text = path.read_text()
            if text.count(defect["from"]) != 1:
                sys.exit(f"{defect['name']}: '{defect['from']}' stands {text.count(defect['from'])} times in {path}")
            path.write_text(text.replace(defect["from"], defect["to"]))
        try:
            build(work, arguments.configuration)
            result = row(defect, *check(work, arguments.configuration))
        finally:
            copy_sources(work)
        write([r for r in done if r["defect"] != defect["name"]] + [result])
        print(result, flush=True)


def report(_):
    rows = {r["defect"]: r for r in read()}
    lines = [(HERE / "notes.md").read_text().rstrip(), "", "## Result", ""]
    lines += [
        "| defect | where | caught | by the checks | numbers that moved | the one that moved most | in its tolerances |",
        "| --- | --- | --- | --- | ---: | --- | ---: |",
    ]
    for defect in [NONE] + defects():
        r = rows.get(defect["name"])
        where = f"`{defect['file'].removeprefix('Sources/')}`" if defect["file"] else "–"
        if r is None:
            lines.append(f"| {defect['what']} | {where} | not run | | | | |")
            continue
        caught = r["caught"]
        if defect.get("harmless"):
            caught = "passes, as it must" if caught == "no" else "**fails, and must not**"
        lines.append(
            f"| {defect['what']} | {where} | {caught} | {r['checks'].replace(' ', ', ') or '–'} | {r['moved']} of {r['numbers']} "
            f"| {r['worst'] or '–'} | {r['worst_in_tolerances'] if r['worst'] else '–'} |")
    planted = [rows[d["name"]] for d in defects() if d["name"] in rows and not d.get("harmless")]
    lines += ["", f"{sum(r['caught'] == 'yes' for r in planted)} of {len(planted)} are caught."]
    (HERE / "README.md").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    runs = commands.add_parser("run")
    runs.add_argument("names", nargs="*", help="defects; all that have no result yet when none is named")
    runs.add_argument("--work", required=True, help="the scratch copy")
    runs.add_argument("--configuration", default="debug", choices=["debug", "release"])
    runs.set_defaults(do=run)
    commands.add_parser("report").set_defaults(do=report)
    arguments = parser.parse_args()
    arguments.do(arguments)


if __name__ == "__main__":
    main()
