import Foundation
import Reporting
import Statistics

/// Fig. 6: time per MD step against the number of atoms.
struct SpeedStudy {
    var context: PartContext

    /// K: high enough that the neighbour list is renewed as in production.
    private static let temperature = 600.0
    private static let nanosecond = 500_000.0

    func run() throws -> Section {
        let plan = context.profile.speed
        let timer = StepTimer(
            temperature: Self.temperature, repeats: plan.repeats, secondsPerTiming: plan.secondsPerTiming)
        let threads = plan.threads.filter { $0 <= max(1, context.settings.threads) }
        var results: [StepTimer.Result] = []
        let total = Double(plan.supercells.count * threads.count)
        context.progress.begin("speed")
        for supercell in plan.supercells {
            let structure = try CrystalAt.ordered(context.material, cell: try context.cell(), supercell: supercell)
            for count in threads {
                context.progress.update(
                    Double(results.count) / total, detail: "\(structure.count) atoms, \(Self.name(threads: count))")
                results.append(
                    try timer.time(
                        structure, model: context.models[0], threads: count, seed: context.settings.seed,
                        stop: context.stop))
            }
        }
        context.progress.finish("speed: \(results.count) timings done")
        return try section(results, threads: threads)
    }

    // MARK: - Report

    private static func name(threads: Int) -> String {
        switch threads {
        case 1: "one thread"
        case 2: "two threads"
        default: "\(threads) threads"
        }
    }

    private func section(_ results: [StepTimer.Result], threads: [Int]) throws -> Section {
        let paper = try context.reference.speed()
        let fits = try threads.map { count in
            let points = results.filter { $0.threads == count }
            return try PowerLawFit(x: points.map { Double($0.atoms) }, y: points.map(\.median))
        }
        return Section(
            name: Part.speed.rawValue, title: "Speed (Fig. 6)",
            introduction: """
                Time per step of \(context.material.formula), NVT with a Nosé-Hoover chain at \
                \(Int(Self.temperature)) K and steps of 2 fs, neighbour list included: the median of \
                \(context.profile.speed.repeats) timings, its error from their spread. The exponent comes from a \
                power law t = c·N^x through all sizes.
                """,
            tables: [table(results), exponents(fits, threads: threads)],
            figures: [figure(results, fits: fits, threads: threads, paper: paper)],
            claims: try claims(results, fits: fits, threads: threads, paper: paper),
            remarks: [
                "The paper's point is one NVIDIA V100 with its standard net (\(paper.rows[0].atoms) atoms, 1 ns of "
                    + "2 fs steps in about 4 h); ours is this machine's processor with the model named below, so the "
                    + "comparison is between what users wait for, not between programs."
            ],
            details: Dictionary(
                uniqueKeysWithValues: results.filter { $0.atoms == 400 || $0.atoms == 900 }.map {
                    (
                        "ms/step, \($0.atoms) atoms, \(Self.name(threads: $0.threads))",
                        Estimate($0.median).text(digits: 3)
                    )
                }))
    }

    private func table(_ results: [StepTimer.Result]) -> Table {
        var table = Table(
            name: "fig06-speed", caption: "Time per step",
            columns: [
                .init("atoms"), .init("threads"), .init("time per step", unit: "ms"),
                .init("per atom", unit: "µs"), .init("1 ns of 2 fs steps", unit: "h"),
            ])
        for result in results {
            let hours = Self.nanosecond * result.median / 3.6e6
            table.append([
                .integer(result.atoms), .integer(result.threads),
                .measured(Estimate(result.median, error: result.error)),
                .number(1000 * result.median / Double(result.atoms), digits: 3), .number(hours, digits: 3),
            ])
        }
        return table
    }

    private func exponents(_ fits: [PowerLawFit], threads: [Int]) -> Table {
        var table = Table(
            name: "fig06-exponent", caption: "Scaling with the number of atoms",
            columns: [.init("threads"), .init("exponent x")])
        for (fit, count) in zip(fits, threads) {
            table.append([.integer(count), .measured(fit.exponent)])
        }
        return table
    }

    private func figure(
        _ results: [StepTimer.Result], fits: [PowerLawFit], threads: [Int],
        paper: ReferenceData.Rows<ReferenceData.SpeedRow>
    ) -> Figure {
        let looks: [(Colour, Series.Marker)] = [(.blue, .circle), (.orange, .square), (.green, .triangle)]
        var series: [Series] = []
        for (index, count) in threads.enumerated() {
            let (colour, marker) = looks[index % looks.count]
            let points = results.filter { $0.threads == count }
            let line = points.map { Double($0.atoms) }.map {
                Series.Point(x: $0, y: fits[index].value(at: $0).value)
            }
            let exponent = fits[index].exponent.text()
            let name = Self.name(threads: count)
            series.append(Series("", style: .line, colour: colour, points: line))
            series.append(
                Series(
                    "\(name), exponent \(exponent)", style: .points, colour: colour, marker: marker,
                    points: points.map { .init(x: Double($0.atoms), y: $0.median, yError: $0.error) }))
        }
        series.append(
            Series(
                "paper, V100", style: .points, colour: .black, marker: .openDiamond,
                points: paper.rows.map { .init(x: Double($0.atoms), y: $0.millisecondsPerStep) }))
        let times = results.map(\.median) + paper.rows.map(\.millisecondsPerStep)
        let sizes = Array(Set(results.map(\.atoms) + paper.rows.map(\.atoms))).sorted()
        return Figure(
            name: "fig06-speed",
            caption:
                "Time per step against the number of atoms, with power laws; the open diamond is the paper's V100.",
            panels: [
                Panel(
                    x: .init(
                        "Number of atoms", scale: .logarithmic,
                        range: 0.7 * Double(sizes[0])...1.4 * Double(sizes[sizes.count - 1]),
                        ticks: sizes.map { .init("\($0)", at: Double($0)) }),
                    y: .init(
                        "Time per step (ms)", scale: .logarithmic, range: 0.6 * times.min()!...3 * times.max()!),
                    series: series, legend: .topLeft)
            ])
    }

    private func claims(
        _ results: [StepTimer.Result], fits: [PowerLawFit], threads: [Int],
        paper: ReferenceData.Rows<ReferenceData.SpeedRow>
    ) throws -> [Claim] {
        let best = fits[fits.count - 1]
        let paperPoint = paper.rows[0]
        let atoms = Double(paperPoint.atoms)
        let measured = results.filter { $0.atoms == paperPoint.atoms }.map(\.median).min()
        let hours = { (milliseconds: Double) in Self.nanosecond * milliseconds / 3.6e6 }
        let ours = measured ?? best.value(at: atoms).value
        let nanosecond = try context.claim(
            "speed-nanosecond",
            measured == nil ? .notRun : (ours <= paperPoint.millisecondsPerStep ? .reproduced : .notReproduced),
            "\(paperPoint.atoms) atoms take \(NumberText.significant(ours, digits: 3)) ms/step"
                + (measured == nil ? " by extrapolation" : "")
                + ", i.e. \(NumberText.significant(hours(ours), digits: 2)) h per ns, on "
                + Self.name(threads: threads[threads.count - 1]))
        let deviations = zip(fits, threads).map { "\($0.exponent.text()) on \(Self.name(threads: $1))" }
        let isLinear = fits.allSatisfy { abs($0.exponent.value - 1) < 0.15 }
        let linear = try context.claim(
            "speed-linear", isLinear ? .reproduced : .notReproduced,
            "exponent \(deviations.joined(separator: ", ")) (linear within 15 % counts)")
        return [nanosecond, linear]
    }
}
