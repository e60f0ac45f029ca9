"""The comparison's tables and figures, from the runs of compare.py."""
import csv
import math
import subprocess

import numpy

import deepmd_kit

PROGRAMS = {"lammps": "LAMMPS + DeePMD-kit", "ours": "lgps-bench"}
# Place in a thermo row, name, unit, digits, divided by the number of atoms.
NVT_QUANTITIES = [
    (2, "potential energy", "meV/atom", 3), (3, "pressure", "GPa", 4), (4, "pressure xx", "GPa", 4),
    (5, "pressure yy", "GPa", 4), (6, "pressure zz", "GPa", 4), (1, "temperature", "K", 2)]
NPT_QUANTITIES = [
    (8, "a", "Å", 4), (9, "b", "Å", 4), (10, "c", "Å", 4), (7, "volume", "Å³", 2), (2, "potential energy", "meV/atom", 3),
    (3, "pressure", "GPa", 4)]
RADIUS, BIN = 6.0, 0.1
# Trajectories are cut into blocks of this length (ps) for the errors of g(r).
BLOCK = 5.0


def averages(comparison, atoms):
    """Rows of ensemble, quantity, unit, program, run (or "all"), mean, error."""
    import compare
    rows = []
    for ensemble, quantities in (("nvt", NVT_QUANTITIES), ("npt", NPT_QUANTITIES)):
        for program in PROGRAMS:
            seeds = [seed for p, e, seed in comparison.runs if (p, e) == (program, ensemble)]
            series = [numpy.array(comparison.series(program, ensemble, seed)) for seed in seeds]
            for column, name, unit, digits in quantities:
                scale = 1000 / atoms if unit == "meV/atom" else 1
                means = [scale * data[:, column].mean() for data in series]
                errors = [compare.block_error(scale * data[:, column]) for data in series]
                rows += [(ensemble, name, unit, program, seed, mean, error)
                         for seed, mean, error in zip(seeds, means, errors)]
                rows.append((ensemble, name, unit, program, "all", sum(means) / len(means),
                             math.sqrt(sum(e * e for e in errors)) / len(errors)))
    return rows


def radial_blocks(comparison, program):
    """g(r) of every block of every NVT run: {pair: [blocks, bins]}."""
    bins = round(RADIUS / BIN)
    edges = numpy.linspace(0, RADIUS, bins + 1)
    shells = 4 / 3 * math.pi * (edges[1:] ** 3 - edges[:-1] ** 3)
    per_block = round(BLOCK / (0.002 * 50))
    elements = comparison.elements.split()
    pairs = [(i, j) for i in range(len(elements)) for j in range(i, len(elements))]
    result = {pair: [] for pair in pairs}
    for p, ensemble, seed in comparison.runs:
        if (p, ensemble) != (program, "nvt"):
            continue
        sums, frames = None, 0
        for types, size, positions in comparison.frames(program, ensemble, seed):
            types, size, positions = numpy.array(types), numpy.array(size), numpy.array(positions)
            if size.min() < 2 * RADIUS:
                raise SystemExit(f"the cell of {size} Å is too small for g(r) up to {RADIUS} Å")
            if sums is None:
                sums = {pair: numpy.zeros(bins) for pair in pairs}
            d = positions[:, None, :] - positions[None, :, :]
            d -= size * numpy.rint(d / size)
            r = numpy.sqrt((d * d).sum(axis=2))
            for i, j in pairs:
                rows, columns = numpy.nonzero(types == i)[0], numpy.nonzero(types == j)[0]
                distances = r[numpy.ix_(rows, columns)].ravel()
                distances = distances[distances > 0]
                number = len(distances)
                if number:
                    counts = numpy.histogram(distances, edges)[0]
                    sums[i, j] += counts * size.prod() / (number * shells)
            frames += 1
            if frames == per_block:
                for pair in pairs:
                    result[pair].append(sums[pair] / frames)
                sums, frames = None, 0
    return {pair: numpy.array(blocks) for pair, blocks in result.items()}, 0.5 * (edges[1:] + edges[:-1])


def write(comparison):
    output = comparison.arguments.output
    results = output / "results"
    results.mkdir(parents=True, exist_ok=True)
    atoms = len(next(comparison.frames("ours", "nvt", 1))[0])
    rows = averages(comparison, atoms)
    with open(results / "averages.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ensemble", "quantity", "unit", "program", "run", "mean", "error"])
        writer.writerows((*row[:5], f"{row[5]:.6g}" if abs(row[5]) < 1000 else f"{row[5]:.3f}", f"{row[6]:.3g}")
                         for row in rows)
    scalars = scalar_table(rows)
    radial = radial_comparison(comparison, results)
    figures(comparison, results, rows, radial)
    page(comparison, output, atoms, scalars, radial)


def scalar_table(rows):
    """Ensemble, quantity, unit, digits, then mean and error of both programs and their difference in errors."""
    total = {(e, q, p): (m, d) for e, q, _, p, run, m, d in rows if run == "all"}
    table = []
    for ensemble, quantities in (("nvt", NVT_QUANTITIES), ("npt", NPT_QUANTITIES)):
        for _, name, unit, digits in quantities:
            (a, da), (b, db) = (total[ensemble, name, p] for p in PROGRAMS)
            table.append((ensemble, name, unit, digits, a, da, b, db, (b - a) / math.hypot(da, db)))
    return table


def radial_comparison(comparison, results):
    """g(r) of both programs by pair, written to rdf.csv; returns {name: (r, g, error, g, error, z)}."""
    elements = comparison.elements.split()
    (theirs, r), (ours, _) = (radial_blocks(comparison, program) for program in PROGRAMS)
    radial = {}
    with open(results / "rdf.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["pair", "r_A", "g_lammps", "error_lammps", "g_lgps_bench", "error_lgps_bench", "z"])
        for i, j in theirs:
            values = []
            for blocks in (theirs[i, j], ours[i, j]):
                values += [blocks.mean(axis=0), blocks.std(axis=0, ddof=1) / math.sqrt(len(blocks))]
            combined = numpy.hypot(values[1], values[3])
            # Bins that hardly any pair visits have no error that could be trusted.
            seen = (values[0] > 0.05) & (values[2] > 0.05)
            z = numpy.where(seen, (values[2] - values[0]) / numpy.where(seen, combined, 1), numpy.nan)
            name = f"{elements[i]}-{elements[j]}"
            radial[name] = (r, *values, z)
            for k in range(len(r)):
                writer.writerow([name, f"{r[k]:.2f}", *(f"{v[k]:.5g}" for v in values),
                                 "" if numpy.isnan(z[k]) else f"{z[k]:.2f}"])
    return radial


def gnuplot(script):
    subprocess.run(["gnuplot"], input=script, text=True, check=True)


def figures(comparison, results, rows, radial):
    """rdf.{svg,png} and lattice.{svg,png}."""
    chosen = [name for name in ("Li-Li", "Li-S", "Ge-S", "P-S", "S-S", "Li-P") if name in radial]
    rdf = results / "rdf.csv"
    for terminal, suffix in (("pngcairo size 1200,800 font 'Liberation Sans,13'", "png"),
                             ("svg size 1200,800 font 'Liberation Sans,13'", "svg")):
        script = [f"set terminal {terminal}", f"set output '{results / ('rdf.' + suffix)}'",
                  "set datafile separator ','", "set multiplot layout 2,3", "set xlabel 'r (Å)'", "set ylabel 'g(r)'",
                  f"set xrange [1.5:{RADIUS}]", "set offsets graph 0, graph 0, graph 0.35, graph 0",
                  "set key top right samplen 2"]
        for name in chosen:
            script += [f"set title '{name}'",
                       f"plot '< grep ^{name}, {rdf}' using 2:3 with lines linewidth 2 linecolor rgb '#0072B2' "
                       f"title '{PROGRAMS['lammps']}', '' using 2:5:6 with yerrorbars pointtype 7 pointsize 0.5 "
                       f"linecolor rgb '#D55E00' title '{PROGRAMS['ours']}'"]
        script += ["unset multiplot"]
        gnuplot("\n".join(script))

        script = [f"set terminal {terminal}", f"set output '{results / ('averages.' + suffix)}'",
                  "set multiplot layout 2,3", "set key off", "set xrange [0.5:2.5]",
                  "set xtics ('LAMMPS' 1, 'lgps-bench' 2)"]
        for ensemble, name, digits in (("npt", "a", 3), ("npt", "b", 3), ("npt", "c", 3), ("npt", "potential energy", 1),
                                       ("nvt", "potential energy", 1), ("nvt", "pressure", 3)):
            selected = [row for row in rows if row[:2] == (ensemble, name)]
            unit = selected[0][2]
            block = []
            for number, program in enumerate(PROGRAMS, start=1):
                runs = [row for row in selected if row[3] == program]
                for place, row in enumerate(runs):
                    x = number + (0.25 if row[4] == "all" else -0.3 + 0.1 * place)
                    block.append(f"{x} {row[5]:.8g} {row[6]:.4g} {1 if row[4] == 'all' else 0}")
            script += [f"set title '{ensemble.upper()}: {name}'", f"set ylabel '{unit}'", f"set format y '%.{digits}f'",
                       "$data << EOD", *block, "EOD",
                       "plot $data using 1:($4==0?$2:1/0):3 with yerrorbars pointtype 6 linecolor rgb '#999999', "
                       "$data using 1:($4==1?$2:1/0):3 with yerrorbars pointtype 7 pointsize 1.4 linewidth 2 "
                       "linecolor rgb '#0072B2'"]
        script += ["unset multiplot"]
        gnuplot("\n".join(script))


def page(comparison, output, atoms, scalars, radial):
    arguments = comparison.arguments
    model = f"{arguments.model.parent.name}/{arguments.model.name}"
    lines = [
        "# The same ensembles as LAMMPS + DeePMD-kit", "",
        f"{atoms} atoms of Li10GeP2S12 (2x2x1, cell of experiment), 600 K, steps of 2 fs, model {model}; in LAMMPS the same "
        f"model converted and compressed by DeePMD-kit. For each ensemble: runs of LAMMPS {arguments.lammps_runs}, of "
        f"lgps-bench {arguments.our_runs}, with different velocities, {arguments.picoseconds:g} ps each, of which the first "
        f"{arguments.equilibration:g} ps are left out. NVT: Nosé-Hoover chain of 3, 0.2 ps. NPT: Martyna-Tobias-Klein, a, b "
        "and c free, 0 GPa, 0.5 ps. Constants of LAMMPS `metal` in both.", "",
        "Errors are standard errors: of averages by blocking of each run (the estimator of this package's Statistics), of "
        f"g(r) from the scatter of blocks of {BLOCK:g} ps of all runs. z is the difference over its error.", "",
        "| ensemble | quantity | LAMMPS + DeePMD-kit | lgps-bench | z |", "|---|---|---|---|---|"]
    for ensemble, name, unit, digits, a, da, b, db, z in scalars:
        lines.append(f"| {ensemble.upper()} | {name} ({unit}) | {a:.{digits}f} ± {da:.{digits}f} | "
                     f"{b:.{digits}f} ± {db:.{digits}f} | {z:+.1f} |")
    worst = max(abs(row[-1]) for row in scalars)
    lines += ["", f"Largest |z|: {worst:.1f}. Quantities of one run are correlated (pressure and its components, a and the "
              "volume), so they deviate together.", "", "Radial distribution functions (NVT), bins of 0.1 Å up to "
              f"{RADIUS:g} Å where g > 0.05:", "", "| pair | bins | rms of z | largest difference of g | its error |",
              "|---|---|---|---|---|"]
    everything = []
    for name, (r, g1, e1, g2, e2, z) in radial.items():
        seen = ~numpy.isnan(z)
        if not seen.any():
            continue
        everything += list(z[seen])
        difference = numpy.where(seen, numpy.abs(g2 - g1), -1)
        k = int(difference.argmax())
        lines.append(f"| {name} | {seen.sum()} | {math.sqrt((z[seen] ** 2).mean()):.2f} | {difference[k]:.3f} at "
                     f"{r[k]:.2f} Å (g = {g1[k]:.2f}) | {math.hypot(e1[k], e2[k]):.3f} |")
    rms = math.sqrt(numpy.mean(numpy.square(everything)))
    beyond = sum(abs(z) > 3 for z in everything)
    lines += [f"| all | {len(everything)} | {rms:.2f} | | |", "",
              f"{beyond} of {len(everything)} bins are beyond three errors. The bins of one function are correlated over the "
              "width of a peak, and all functions share the same Li arrangement, so a few slow degrees of freedom set rms(z).",
              "",
              f"**Verdict:** {verdict(worst, rms)}", "",
              "![Radial distribution functions](results/rdf.png)", "", "![Averages by run](results/averages.png)", "",
              "Small grey circles are single runs, the filled ones their mean. Raw numbers: results/averages.csv, "
              "results/rdf.csv (figures also as SVG). "
              f"Machine: {deepmd_kit.processor()}. Command:", "",
              f"    Benchmarks/ensembles/compare.py --model {model_path(arguments.model)} "
              f"--picoseconds {arguments.picoseconds:g} --equilibration {arguments.equilibration:g} --lammps-runs {arguments.lammps_runs} --our-runs {arguments.our_runs}",
              ""]
    notes = output / "notes.md"
    if notes.exists():
        lines += ["## About these runs", "", notes.read_text()]
    (output / "README.md").write_text("\n".join(lines))
    print("\n".join(lines))


def model_path(model):
    model = model.resolve()
    return model.relative_to(deepmd_kit.ROOT) if model.is_relative_to(deepmd_kit.ROOT) else model.name


def verdict(worst, rms):
    scalars = "within three standard errors" if worst <= 3 else f"NOT within three standard errors (|z| up to {worst:.1f})"
    functions = "agree within their errors" if rms <= 1.5 else f"differ by more than their errors (rms z {rms:.2f})"
    return f"averages agree {scalars}; radial distribution functions {functions}." if worst <= 3 else (
        f"averages are {scalars}; radial distribution functions {functions}.")
