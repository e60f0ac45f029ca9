import DeepPotential
import Files
import Parallel
import Structures

/// How many times faster than the reference evaluator the fast one is, both timed in turns in this run.
struct SpeedRatios: RegressionCheck {
    let name = "speed"
    let about =
        "Processor time of the reference evaluator over that of the fast one on one thread, 50 atoms, for the first model of each "
        + "default ensemble that knows Ge; both are timed in turns, and the least time of each counts. No absolute times: these are in "
        + "the reports."
    let reasons = [
        "machine":
            "The ratio depends on the processor (the fast evaluator fills its vectors, the reference one does not) and on what its "
            + "caches are shared with; a fall to less than half is a fault on any machine, and a rise is none."
    ]

    private static let rounds = 5
    /// Evaluations of the fast one in each round.
    private static let repeats = 20

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        let folder = bench.reference.folder
        let rows = try JSONText.read(ModelCatalogue.self, from: "\(folder)/models/default.json").levels
        let cell = try bench.reference.lattice().row(.germanium, nil).lengths
        let structure = try LGPSPrototype.ordered(.germanium, cell: cell)
        return try rows.filter { $0.materials.contains(.germanium) }.map { row in
            try bench.checkStop()
            let path = try ModelFiles.expand("\(folder)/models/\(row.models)")[0]
            let fast = CompressedEvaluator(try bench.models.model(path, threads: bench.threads, isKept: true))
            let ratio = try Self.ratio(ReferenceEvaluator(fast.model), fast, structure)
            return .number(
                "\(name)/\(row.models)/50-atoms", ratio, unit: "times", tolerance: 0.55 * ratio, "machine",
                counts: .fall)
        }
    }

    private static func ratio(_ slow: some Potential, _ fast: some Potential, _ structure: Structure) throws -> Double {
        var evaluation = Evaluation()
        // Of the processor, of which other programs take nothing; this one does nothing else meanwhile.
        func time(_ potential: some Potential, _ count: Int) throws -> Double {
            let watch = Stopwatch()
            for _ in 0..<count { try potential.evaluate(structure, into: &evaluation) }
            return watch.cpuSeconds / Double(count)
        }
        // Once before it counts, for memory and the neighbour list.
        _ = try time(fast, 2)
        var (slowest, fastest) = (Double.infinity, Double.infinity)
        for _ in 0..<rounds {
            slowest = min(slowest, try time(slow, 1))
            fastest = min(fastest, try time(fast, repeats))
        }
        return slowest / fastest
    }
}
