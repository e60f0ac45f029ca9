#!/usr/bin/env python3
"""Are the stated errors of D what replicas of a run scatter by? Ours and kinisi's on the same trajectories.

One crystal at each of three temperatures, replicas with other velocities; every run is one trial of an estimator.

    make build
    Benchmarks/diffusion-errors/errors.py run --work WORK [--replicas 24]     # MD; goes on where it stopped
    Benchmarks/diffusion-errors/errors.py estimate --work WORK                # results/estimates.csv, slopes.csv, curves.csv
    Benchmarks/diffusion-errors/errors.py estimate --work WORK --pieces 2     # results/estimates-2.csv ...: halves of the runs
    Benchmarks/diffusion-errors/errors.py report                              # figure, reference-data/estimator, tables

`estimate` wants numpy, h5py and kinisi 2.1, `report` numpy and matplotlib; none is needed by `run`.
"""
import argparse
import csv
import json
import math
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RESULTS = HERE / "results"
PUBLISHED = ROOT / "reference-data" / "estimator"
MODEL = ROOT / "reference-data/models/LiGePS-PBE-hybrid-fast/model-000.dp"
FRAME = 0.1  # ps
# K: ps in all, ps of equilibration, ps where kinisi's fit starts (chosen by eye, where the MSD is about 4 A^2).
SETS = {500: (128, 8, 8.0), 666: (106, 6, 4.0), 1000: (45, 5, 1.2)}
BATCH = 8


def run(arguments):
    """All temperatures in turn, eight replicas at a time, so that an interrupted run has some of each."""
    work = Path(arguments.work)
    work.mkdir(parents=True, exist_ok=True)
    program = arguments.program
    for batch in range(math.ceil(arguments.replicas / BATCH)):
        for temperature, (picoseconds, _, _) in SETS.items():
            crystal = work / f"s{temperature}-200.vasp"
            if not crystal.exists():
                subprocess.run([program, "structure", crystal, "--supercell", "2x2x1", "--disorder", "--temperature",
                                str(temperature), "--seed", "1"], check=True)
            config = work / f"c{temperature}-{batch}.json"
            config.write_text(json.dumps({
                "ensemble": "nvt", "temperature": temperature, "timestep": 0.004,
                "steps": round(picoseconds / 0.004), "seed": 1000 * temperature + BATCH * batch,
                "thermostat": {"relaxation_time": 0.2}, "checkpoint_interval": 5000,
                "output": {"thermo_interval": 250, "trajectory": {"format": "h5md", "interval": 25}}}))
            folder = work / f"md{temperature}-{batch}"
            resume = ["--resume"] if folder.exists() else []
            subprocess.run([program, "md", config, "--structure", crystal, "--model", MODEL, "--replicas", str(BATCH),
                            "--output", folder, "--quiet", *resume], check=True)


def trajectories(work):
    """(temperature, replica, path) of every run that is complete."""
    import h5py

    for temperature, (picoseconds, _, _) in SETS.items():
        for folder in sorted(work.glob(f"md{temperature}-*/replica-*")):
            batch = int(folder.parent.name.split("-")[1])
            replica = BATCH * batch + int(folder.name.split("-")[1])
            try:
                with h5py.File(folder / "trajectory.h5") as file:
                    frames = len(file["particles/atoms/position/value"])
            except OSError:  # still being written
                continue
            if frames >= round(picoseconds / FRAME) + 1:
                yield temperature, replica, folder / "trajectory.h5"


def piece(trajectory, first, count, target):
    """Frames `first` ... `first + count - 1` of an H5MD trajectory as a file of their own."""
    import h5py

    with h5py.File(trajectory) as source, h5py.File(target, "w") as file:
        source.copy("h5md", file)
        atoms = file.create_group("particles/atoms")
        for name in ("species", "id"):
            source.copy(f"particles/atoms/{name}", atoms)
        atoms.create_group("box").attrs.update(source["particles/atoms/box"].attrs)
        for name in ("position", "box/edges"):
            group = source[f"particles/atoms/{name}"]
            copy = atoms.create_group(name)
            for key in group:
                dataset = group[key]
                copy[key] = dataset[first:first + count] if dataset.shape else dataset[()]
                copy[key].attrs.update(dataset.attrs)


def ours(program, trajectory, equilibration):
    """The estimate as `lgps-bench analyze` gives it, and the MSD: lags (ps) and A^2."""
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run([program, "analyze", trajectory, "--equilibration", str(equilibration), "--output",
                               folder, "--json", "--quiet"], check=True, capture_output=True, text=True).stdout
        with open(Path(folder) / "diffusion/msd.csv") as file:
            rows = [[float(value) for value in row[:2]] for row in list(csv.reader(file))[1:]]
    return json.loads(text), rows


def kinisi(trajectory, equilibration, start):
    """Mean and standard deviation of D (1e-9 m^2/s) of kinisi's posterior; lags up to a quarter of the run."""
    import h5py
    import numpy as np
    import scipp as sc
    from kinisi.analyze import DiffusionAnalyzer
    from kinisi.displacement import calculate_msd
    from kinisi.parser import Parser

    with h5py.File(trajectory) as file:
        group = file["particles/atoms"]
        first = round(equilibration / FRAME)
        positions, species = group["position/value"][first:], group["species"][:]
        cell = group["box/edges/value"][0]
    lithium = np.flatnonzero(species == 3)
    fractional = positions @ np.linalg.inv(cell)
    # kinisi's own parsers repeat the first frame, as it counts displacements.
    fractional = np.concatenate([fractional[:1], fractional])
    step = 4
    longest = (len(positions) - 1) // 4
    dt = np.arange(step, longest + 1, step) * FRAME
    parser = Parser(
        coords=sc.array(dims=["time", "particle", "dimension"], values=fractional),
        latt=sc.array(dims=["time", "dimension1", "dimension2"], values=np.repeat(cell[None], len(fractional), 0),
                      unit="angstrom"),
        time_step=sc.scalar(FRAME, unit="ps"), step_skip=sc.scalar(1), dt=sc.array(
            dims=["time interval"], values=dt, unit="ps"),
        specie_indices=sc.array(dims=["particle"], values=lithium),
        drift_indices=sc.array(dims=["particle"], values=np.flatnonzero(species != 3)))
    analyzer = DiffusionAnalyzer(parser)
    analyzer._dg = calculate_msd(parser, False)
    analyzer.diffusion(sc.scalar(start, unit="ps"), progress=False, random_state=np.random.RandomState(1))
    samples = sc.to_unit(analyzer.D, "m^2/s").values * 1e9
    return float(np.mean(samples)), float(np.std(samples, ddof=1))


def estimate(arguments):
    """One row per run or piece. With --keep-kinisi, kinisi's columns of the file that is there are taken over."""
    RESULTS.mkdir(exist_ok=True)
    suffix = f"-{arguments.pieces}" if arguments.pieces > 1 else ""
    path = RESULTS / f"estimates{suffix}.csv"
    known = {}
    if path.exists():
        with open(path) as file:
            known = {(row["temperature_K"], row["replica"]): row for row in csv.DictReader(file)}
    rows, curves = [], {}
    scratch = tempfile.TemporaryDirectory()
    trials = []
    for temperature, replica, trajectory in trajectories(Path(arguments.work)):
        total, equilibration, _ = SETS[temperature]
        if arguments.pieces == 1:
            trials.append((temperature, replica, trajectory, equilibration))
            continue
        frames = round((total - equilibration) / FRAME) // arguments.pieces
        for part in range(arguments.pieces):
            target = Path(scratch.name) / f"{temperature}-{replica}-{part}.h5"
            piece(trajectory, round(equilibration / FRAME) + part * frames, frames + 1, target)
            trials.append((temperature, arguments.pieces * replica + part, target, 0))
    for temperature, replica, trajectory, equilibration in trials:
        start = SETS[temperature][2]
        result, curve = ours(arguments.program, trajectory, equilibration)
        curves.setdefault(temperature, []).append(curve)
        row = {"temperature_K": str(temperature), "replica": str(replica), "obstacle": ""}
        if "diffusive" in result:
            value = result["diffusive"]["_0"]
            row["D"], row["error"] = (f"{1e9 * value['diffusion'][key]:.4f}" for key in ("value", "standardError"))
            for key in ("noise", "memory", "choice"):
                row[key] = f"{1e9 * value[key]:.4f}"
            row["start_ps"] = f"{value['regime']['start']:.2f}"
            row["exponent"] = f"{value['regime']['exponent']['value']:.3f}"
            row["collective"], row["collective_error"] = (
                f"{1e9 * value['collective'][key]:.3f}" for key in ("value", "standardError"))
        else:
            row["obstacle"] = next(iter(result["notDiffusiveYet"]["_0"]))
        old = known.get((row["temperature_K"], row["replica"]), {})
        if arguments.keep_kinisi and old.get("kinisi_D"):
            row["kinisi_D"], row["kinisi_error"] = old["kinisi_D"], old["kinisi_error"]
        else:
            row["kinisi_D"], row["kinisi_error"] = (f"{v:.4f}" for v in kinisi(trajectory, equilibration, start))
        rows.append(row)
        print(row, flush=True)
    names = ["temperature_K", "replica", "D", "error", "noise", "memory", "choice", "start_ps", "exponent",
             "collective", "collective_error", "obstacle", "kinisi_D", "kinisi_error"]
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with open(RESULTS / f"curves{suffix}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["temperature_K", "lag_ps", "replicas", "msd_A2", "standard_error_A2"])
        for temperature, runs in curves.items():
            for k in range(len(runs[0])):
                values = [run[k][1] for run in runs]
                mean, error = mean_and_error(values)
                writer.writerow([temperature, runs[0][k][0], len(runs), f"{mean:.4f}", f"{error:.4f}"])
    # The slope at long lags with its scatter over the runs needs each run's curve.
    with open(RESULTS / f"slopes{suffix}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["temperature_K", "from_ps", "to_ps", "replicas", "slope_over_6", "standard_error", "bias_of_D", "error_of_bias"])
        for temperature, runs in curves.items():
            times = [row[0] for row in runs[0]]
            length = (SETS[temperature][0] - SETS[temperature][1]) / arguments.pieces
            found = {int(row["replica"]): float(row["D"]) for row in rows
                     if int(row["temperature_K"]) == temperature and row.get("D")}
            names = [replica for t, replica, _, _ in trials if t == temperature]
            for low, high in ((0.02, 0.08), (0.04, 0.24), (0.1, 0.25), (0.15, 0.35), (0.25, 0.5)):
                i, j = nearest(times, low * length), nearest(times, high * length)
                values = [10 * (run[j][1] - run[i][1]) / (6 * (times[j] - times[i])) for run in runs]
                mean, error = mean_and_error(values)
                # D less the run's own slope: the two share most of their noise.
                pairs = [found[name] - value for name, value in zip(names, values) if name in found]
                bias = mean_and_error(pairs)
                writer.writerow([temperature, times[i], times[j], len(runs), f"{mean:.4f}", f"{error:.4f}"]
                                + [f"{value:.4f}" for value in bias])


def nearest(values, target):
    return min(range(len(values)), key=lambda k: abs(values[k] - target))


def mean_and_error(values):
    mean = sum(values) / len(values)
    if len(values) < 2:
        return mean, math.nan
    return mean, math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) * (len(values) - 1)))


def summary(rows, value, error):
    """Scatter against stated error: pooled over temperatures, in units of each temperature's mean."""
    sets = {}
    for row in rows:
        if row[value]:
            sets.setdefault(int(row["temperature_K"]), []).append((float(row[value]), float(row[error])))
    table, squares, stated, pulls, freedom = {}, 0.0, [], [], 0
    for temperature, pairs in sets.items():
        values = [v for v, _ in pairs]
        mean, error_of_mean = mean_and_error(values)
        scatter = error_of_mean * math.sqrt(len(values))
        errors = [e for _, e in pairs]
        n = len(values)
        # Deviations from the mean of the set, which holds a share of each: widened by sqrt(n/(n - 1)).
        pull = [math.sqrt(n / (n - 1)) * (v - mean) / e for v, e in pairs]
        table[temperature] = {
            "runs": n, "mean": mean, "error_of_mean": error_of_mean, "scatter": scatter / mean,
            "stated": sum(errors) / n / mean, "ratio": scatter * n / sum(errors),
            "chi_squared": sum(p * p for p in pull) / n}
        squares += sum(((v - mean) / mean) ** 2 for v in values)
        freedom += n - 1
        stated += [e / mean for e in errors]
        pulls += pull
    scatter = math.sqrt(squares / freedom)
    pooled = {
        "runs": len(pulls), "scatter": scatter, "stated": sum(stated) / len(stated),
        "ratio": scatter * len(stated) / sum(stated), "error_of_ratio": scatter * len(stated) / sum(stated)
        / math.sqrt(2 * freedom), "chi_squared": sum(p * p for p in pulls) / len(pulls),
        "within_one": sum(abs(p) < 1 for p in pulls) / len(pulls),
        "within_two": sum(abs(p) < 2 for p in pulls) / len(pulls)}
    return {"temperatures": table, "pooled": pooled, "pulls": pulls}


def report(arguments):
    for suffix in ("", "-2"):
        if not (RESULTS / f"estimates{suffix}.csv").exists():
            continue
        rows, slopes = (read(RESULTS / f"{name}{suffix}.csv") for name in ("estimates", "slopes"))
        both = {"lgps-bench": summary(rows, "D", "error"), "kinisi": summary(rows, "kinisi_D", "kinisi_error")}
        print(f"\n{'Halves of the runs' if suffix else 'Whole runs'}\n")
        tables(both, slopes)
        if not suffix:
            publish(rows, both, slopes)
            figure(rows, both, slopes)


def read(path):
    with open(path) as file:
        return list(csv.DictReader(file))


def tables(both, slopes):
    print("| program | K | runs | mean D | scatter | stated error | ratio | χ²/ν | within 1 and 2 errors |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, result in both.items():
        for temperature, s in result["temperatures"].items():
            print(f"| {name} | {temperature} | {s['runs']} | {s['mean']:.3f} ± {s['error_of_mean']:.3f} | "
                  f"{100 * s['scatter']:.1f} % | {100 * s['stated']:.1f} % | {s['ratio']:.2f} | {s['chi_squared']:.2f} | |")
        s = result["pooled"]
        print(f"| {name} | all | {s['runs']} | | {100 * s['scatter']:.1f} % | {100 * s['stated']:.1f} % | "
              f"{s['ratio']:.2f} ± {s['error_of_ratio']:.2f} | {s['chi_squared']:.2f} | "
              f"{100 * s['within_one']:.0f} %, {100 * s['within_two']:.0f} % |")
    print("\n| K | lags (ps) | slope of the mean curve / 6 | D of lgps-bench less the run's own slope |\n|---|---|---|---|")
    for row in slopes:
        print(f"| {row['temperature_K']} | {float(row['from_ps']):g} to {float(row['to_ps']):g} | "
              f"{float(row['slope_over_6']):.3f} ± {float(row['standard_error']):.3f} | "
              f"{float(row['bias_of_D']):+.3f} ± {float(row['error_of_bias']):.3f} |")


def publish(rows, both, slopes):
    PUBLISHED.mkdir(parents=True, exist_ok=True)
    columns = ["temperature_K", "replica", "D", "error", "kinisi_D", "kinisi_error"]
    with open(PUBLISHED / "replicas.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with open(PUBLISHED / "summary.json", "w") as file:
        json.dump({"unit": "1e-9 m^2/s", "long_lag_slopes": slopes, **{
            name: {key: rounded(result[key]) for key in ("temperatures", "pooled")} for name, result in both.items()}},
            file, indent=1)
        file.write("\n")


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value


def figure(rows, both, slopes):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np

    plt.rcParams["svg.hashsalt"] = "diffusion-errors"
    temperatures = sorted({int(row["temperature_K"]) for row in rows})
    grid, axes = plt.subplots(2, len(temperatures) + 1, figsize=(3.2 * (len(temperatures) + 1), 6), squeeze=False)
    colours = {"lgps-bench": "#0072B2", "kinisi": "#D55E00"}
    for line, (name, value, error) in enumerate((("lgps-bench", "D", "error"),
                                                 ("kinisi", "kinisi_D", "kinisi_error"))):
        for column, temperature in enumerate(temperatures):
            axis = axes[line][column]
            pairs = [(int(r["replica"]), float(r[value]), float(r[error])) for r in rows
                     if int(r["temperature_K"]) == temperature and r[value]]
            s = both[name]["temperatures"][temperature]
            axis.axhspan(s["mean"] * (1 - s["scatter"]), s["mean"] * (1 + s["scatter"]), color="0.9")
            axis.axhline(s["mean"], color="0.5", lw=0.8)
            axis.errorbar(*zip(*[(r, v) for r, v, _ in pairs]), yerr=[e for _, _, e in pairs], fmt="o", ms=3, lw=1,
                          color=colours[name])
            late = [r for r in slopes if int(r["temperature_K"]) == temperature][-2]
            axis.axhline(float(late["slope_over_6"]), color="k", ls=":", lw=1)
            axis.set_title(f"{name}, {temperature} K", fontsize=9)
            axis.set_xlabel("run")
            axis.set_ylim(0, None)
        axes[line][0].set_ylabel("D (10$^{-9}$ m$^2$/s)")
        axis = axes[line][-1]
        pulls = both[name]["pulls"]
        axis.hist(pulls, bins=np.arange(-4.25, 4.5, 0.5), density=True, color=colours[name], alpha=0.6)
        x = np.linspace(-4, 4, 200)
        axis.plot(x, np.exp(-x * x / 2) / math.sqrt(2 * math.pi), "k", lw=1)
        axis.set_xlabel("(D − mean)/error")
        axis.set_title(f"ratio {both[name]['pooled']['ratio']:.2f} ± {both[name]['pooled']['error_of_ratio']:.2f}",
                       fontsize=9)
    grid.tight_layout()
    grid.savefig(RESULTS / "errors.png", dpi=110)
    grid.savefig(RESULTS / "errors.svg", metadata={"Date": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, action in (("run", run), ("estimate", estimate), ("report", report)):
        command = commands.add_parser(name)
        command.set_defaults(action=action)
        if name != "report":
            command.add_argument("--work", required=True)
            command.add_argument("--program", default=str(ROOT / ".build/release/lgps-bench"))
        if name == "run":
            command.add_argument("--replicas", type=int, default=24)
        if name == "estimate":
            command.add_argument("--keep-kinisi", action="store_true")
            command.add_argument("--pieces", type=int, default=1, help="cut each run into so many trials")
    arguments = parser.parse_args()
    arguments.action(arguments)


if __name__ == "__main__":
    main()
