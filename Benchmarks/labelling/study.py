#!/usr/bin/env python3
"""Cost and error of CP2K settings on the five frames of frames.json.

    study.py run SETTING[,SETTING...] FRAME[,FRAME...]   computes what is not there yet, into RUNS (default ./runs)
    study.py table REFERENCE                             adds to results.csv: errors against REFERENCE, CPU seconds
    study.py slopes REFERENCE SETTING             prints by element how much longer SETTING's forces are, and its extra stress

A SETTING is BASIS_K_CUTOFF_SCF_DEFAULT_REL[_ALPHA]: x2_q_400_4_7_30 is basis x2, k-point q, 400 Ry, EPS_SCF 1e-4,
EPS_DEFAULT 1e-7, REL_CUTOFF 30 Ry. Needs CP2K 2023.1 or later, and numpy for the table. One core per calculation.
"""
import csv
import glob
import json
import os
import re
import resource
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = os.environ.get("RUNS", os.path.join(HERE, "runs"))
EV_PER_A = 27.211386245988 / 0.529177210903

POTENTIAL = {"Li": "GTH-PBE-q3", "Si": "GTH-PBE-q4", "P": "GTH-PBE-q5", "S": "GTH-PBE-q6", "Ge": "GTH-PBE-q4",
             "Sn": "GTH-PBE-q4"}


def uzh(kind, elements=POTENTIAL):
    """The MOLOPT sets of 2021-22 (BASIS_MOLOPT_UZH)."""
    return {e: f"{kind}-MOLOPT-PBE-GTH-{POTENTIAL[e][-2:]}" for e in elements}


def older(phosphorus_sulfur, metal, lithium, silicon=None):
    """The MOLOPT sets of 2007 (BASIS_MOLOPT) and their extension (BASIS_MOLOPT_UCL)."""
    return {"Li": lithium, "Ge": metal, "Sn": metal, "Si": silicon or phosphorus_sulfur, "P": phosphorus_sulfur,
            "S": phosphorus_sulfur}


DZ, TZ, TX, SR = "DZVP-MOLOPT-SR-GTH", "TZV2P-MOLOPT-GTH", "TZV2PX-MOLOPT-GTH", "TZV2P-MOLOPT-SR-GTH"
BASES = {
    "best": older(TX, SR, SR),                                # the reference: with f functions on P and S
    "mix": older(TZ, DZ, DZ, silicon=DZ),
    "x1": older(TZ, SR, uzh("DZVP")["Li"]),
    "udz": uzh("DZVP"),
    "umix": {**uzh("DZVP"), **uzh("TZVP", ["P", "S"])},
    "ut2": uzh("TZV2P"),
    "x2": {**uzh("TZV2P"), **uzh("DZVP", ["Li"])},            # chosen
}
K_POINTS = {"g": "", "q": "&KPOINTS\n SCHEME GENERAL\n KPOINT 0.25 0.25 0.25 1.0\n&END\n",
            "m": "&KPOINTS\n SCHEME MONKHORST-PACK 2 2 2\n&END\n"}


def cp2k_input(frame, setting):
    basis, k, cutoff, scf, default, rel, *alpha = setting.split("_")
    lines = [f" {e} {x:.10f} {y:.10f} {z:.10f}"
             for e, (x, y, z) in zip(frame["elements"], frame["positions"])]
    cell = [f" {name} {v[0]} {v[1]} {v[2]}" for name, v in zip("ABC", frame["cell"])]
    kinds = "".join(f"&KIND {e}\n BASIS_SET {BASES[basis][e]}\n POTENTIAL {POTENTIAL[e]}\n&END\n"
                    for e in dict.fromkeys(frame["elements"]))
    return f"""&GLOBAL
 PROJECT x
 RUN_TYPE ENERGY_FORCE
 PRINT_LEVEL LOW
&END
&FORCE_EVAL
METHOD QS
STRESS_TENSOR ANALYTICAL
&DFT
 BASIS_SET_FILE_NAME BASIS_MOLOPT
 BASIS_SET_FILE_NAME BASIS_MOLOPT_UCL
 BASIS_SET_FILE_NAME BASIS_MOLOPT_UZH
 POTENTIAL_FILE_NAME GTH_POTENTIALS
{K_POINTS[k]}&MGRID
 CUTOFF {cutoff}
 REL_CUTOFF {rel}
 NGRIDS 5
&END
&QS
 EPS_DEFAULT 1e-{default}
&END
&SCF
 EPS_SCF 1e-{scf}
 MAX_SCF 80
 &DIAGONALIZATION
 &END
 &MIXING
  METHOD BROYDEN_MIXING
  ALPHA {alpha[0] if alpha else 0.4}
  NBROYDEN 8
 &END
&END
&XC
 &XC_FUNCTIONAL PBE
 &END
&END
&END
&SUBSYS
&CELL
{chr(10).join(cell)}
&END
&COORD
{chr(10).join(lines)}
&END
{kinds}&END
&PRINT
 &FORCES ON
 &END
 &STRESS_TENSOR ON
 &END
&END
&END
"""


def run(setting, number, frame):
    folder = os.path.join(RUNS, f"{setting}-{number}")
    if os.path.exists(os.path.join(folder, "done.json")):
        return
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "x.inp"), "w") as file:
        file.write(cp2k_input(frame, setting))
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    subprocess.run(["nice", "-n", "19", "cp2k.psmp", "-i", "x.inp", "-o", "x.out"], cwd=folder, env=environment,
                   check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(os.path.join(folder, "x.out")) as file:
        text = file.read()
    steps = int(re.search(r"SCF run converged in\s+(\d+)", text).group(1))
    block = text[text.find("ATOMIC FORCES"):]
    forces = [[float(x) * EV_PER_A for x in row] for row in re.findall(
        r"^\s+\d+\s+\d+\s+[A-Z][a-z]?\s+(\S+)\s+(\S+)\s+(\S+)\s*$", block, re.M)[:len(frame["elements"])]]
    result = {"tag": setting, "frame": number, "steps": steps, "wall": time.time() - start, "F": forces,
              "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}
    with open(os.path.join(folder, "done.json"), "w") as file:
        json.dump(result, file)
    print(f"{setting} frame {number}: {result['cpu']:.0f} s of CPU, {steps} steps", flush=True)


def table(reference, frames):
    import numpy as np

    done = [json.load(open(path)) for path in glob.glob(os.path.join(RUNS, "*", "done.json"))]
    done = [d for d in done if len(d["F"]) == 50]
    best = {d["frame"]: np.array(d["F"]) for d in done if d["tag"] == reference}
    rows = []
    for d in sorted(done, key=lambda d: (d["frame"], d["cpu"])):
        if d["frame"] not in best:
            continue
        elements = np.array(["M" if e in ("Ge", "Si", "Sn") else e for e in frames[d["frame"]]["elements"]])
        ours, theirs = np.array(d["F"]), best[d["frame"]]
        # A grid that is not quite fine leaves a net force; models never see it.
        difference = (ours - ours.mean(0)) - (theirs - theirs.mean(0))
        rms = lambda x: round(1000 * float(np.sqrt((x ** 2).mean())), 1)
        rows.append([d["frame"], d["tag"], round(d["cpu"]), d["steps"], rms(theirs), rms(difference)]
                    + [rms(difference[elements == e]) for e in ("Li", "M", "P", "S")])
    path = os.path.join(HERE, "results.csv")
    with open(path, newline="") as file:
        head, *old = csv.reader(file)
    # Rows whose calculations are not in RUNS any more stay.
    known = {(str(row[0]), row[1]) for row in rows}
    rows += [row for row in old if (row[0], row[1]) not in known]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(sorted(rows, key=lambda row: (int(row[0]), int(row[2]))))


def stress(setting, frame):
    """Mean normal stress of a finished calculation (GPa, tensile positive; CP2K prints the opposite sign)."""
    with open(os.path.join(RUNS, f"{setting}-{frame}", "x.out")) as file:
        rows = re.findall(r"^ STRESS\|\s+[xyz]\s+(\S+)\s+(\S+)\s+(\S+)\s*$", file.read(), re.M)[:3]
    return -sum(float(rows[i][i]) for i in range(3)) / 3


def slopes(reference, setting, frames):
    """Least squares through the origin over all frames that both have."""
    import numpy as np

    load = lambda tag, frame: json.load(open(os.path.join(RUNS, f"{tag}-{frame}", "done.json")))["F"]
    has = lambda tag, frame: os.path.exists(os.path.join(RUNS, f"{tag}-{frame}", "done.json"))
    sums = {}
    for number, frame in enumerate(frames):
        if not (has(reference, number) and has(setting, number)):
            continue
        for element, ours, theirs in zip(frame["elements"], load(setting, number), load(reference, number)):
            total = sums.setdefault("M" if element in ("Ge", "Si", "Sn") else element, np.zeros(2))
            total += np.dot(ours, theirs), np.dot(theirs, theirs)
        print(f"frame {number}: stress {stress(setting, number) - stress(reference, number):+.3f} GPa")
    for element, (product, square) in sums.items():
        print(f"{element}: {product / square:.4f}")


def main():
    with open(os.path.join(HERE, "frames.json")) as file:
        frames = json.load(file)
    if len(sys.argv) == 4 and sys.argv[1] == "run":
        for number in map(int, sys.argv[3].split(",")):
            for setting in sys.argv[2].split(","):
                run(setting, number, frames[number])
    elif len(sys.argv) == 3 and sys.argv[1] == "table":
        table(sys.argv[2], frames)
    elif len(sys.argv) == 4 and sys.argv[1] == "slopes":
        slopes(sys.argv[2], sys.argv[3], frames)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
