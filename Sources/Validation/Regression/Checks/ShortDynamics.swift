import Calculations
import Execution
import Files
import Statistics
import Structures

/// Averages of two short runs, at constant volume and at zero pressure, by the same way as all runs of a study.
struct ShortDynamics: RegressionCheck {
    let name = "dynamics"
    let about =
        "A picosecond of Li10GeP2S12 (50 atoms, 600 K, 2 fs, default ensemble) in NVT and in NPT: means of temperature, energy, pressure, "
        + "cell, drift of the conserved quantity, displacements, radial distribution, deviation of a second model."
    let reasons = [
        "chaos":
            "Float32 forces round differently on other processors, by about 1e-6 of themselves, and trajectories part "
            + "exponentially; within a picosecond some hundred times that is allowed. Not yet measured on AVX-512 (mutate.py wide "
            + "in Benchmarks/mutation does)."
    ]

    private struct Run: Sendable {
        var label: String
        var ensemble: Dynamics.Ensemble
    }

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        let library = InputLibrary()
        let ensembles = try ModelCatalogue.ensembles(given: [], reference: bench.reference, library: library)
        guard let ensemble = ensembles.first(where: { $0.materials.contains(.germanium) }) else {
            throw InputError(
                file: "\(bench.reference.folder)/models/default.json", problem: "there is no model of Li10GeP2S12")
        }
        let cell = try bench.reference.lattice().row(.germanium, nil).lengths
        let (scratch, stop) = (bench.scratch, bench.stop)
        let runs = [Run(label: "nvt", ensemble: .nvt), Run(label: "npt", ensemble: .npt(.tetragonal))]
        return try bench.map(runs) { run in
            let dynamics = Dynamics(
                crystal: Crystal(
                    material: .germanium, cell: cell, supercell: .init(1, 1, 1),
                    arrangement: .disordered(seed: 2021, index: 0)),
                model: ensemble.models[0], deviationModels: Array(ensemble.models.dropFirst().prefix(1)),
                ensemble: run.ensemble,
                temperature: 600, equilibration: .init(picoseconds: 0.2), picoseconds: 0.8, sampleInterval: 0.01,
                structureInterval: 0.1, seed: 2021)
            let record = try dynamics.run(
                in: WorkFolder("\(scratch)/\(run.label)"), control: RunControl(stop: stop, inputs: library))
            return try numbers(record, run)
        }.flatMap { $0 }
    }

    private func numbers(_ record: DynamicsRecord, _ run: Run) throws -> [Baseline] {
        func found(_ id: String, _ value: Double, _ unit: String, _ tolerance: Double) -> Baseline {
            .number("\(name)/\(run.label)/\(id)", value, unit: unit, tolerance: tolerance, "chaos")
        }
        let thermo = record.thermodynamics
        func mean(_ value: (ThermodynamicBlocks.Block) -> Double) throws -> Double { try thermo.average(value).value }
        var numbers = [
            found("temperature", try mean(\.temperature), "K", 0.1),
            found("temperature-error", try thermo.average(\.temperature).standardError, "K", 0.1),
            found(
                "potential-energy", try mean(\.potentialEnergy) / Double(record.atoms) * 1000, "meV/atom", 0.02),
            found("pressure", try mean { $0.pressures.sum() / 3 }, "GPa", 0.002),
            found("drift", thermo.drift, "meV/atom/ps", 0.02),
            found("msd", record.displacements.curve.total.last ?? .nan, "Å²", 0.005),
        ]
        if run.ensemble != .nvt {
            numbers += [
                found("a", try mean(\.lengths.x), "Å", 5e-4), found("c", try mean(\.lengths.z), "Å", 5e-4),
                found("volume", try mean(\.volume), "Å³", 0.1),
            ]
        }
        if let deviation = record.deviation { numbers.append(found("deviation", deviation.largest, "eV/Å", 0.001)) }
        if let pair = record.radial.first(where: { $0.first == "P" && $0.second == "S" }) {
            // The four S of each P: the height of the peak hangs on a bin, what lies under it does not.
            let shells = pair.g.enumerated().map { bin, g in
                let (inner, outer) = (Double(bin) * pair.binWidth, Double(bin + 1) * pair.binWidth)
                return g * (outer * outer * outer - inner * inner * inner)
            }
            numbers.append(found("rdf-P-S", shells.prefix(60).reduce(0, +), "Å³", 0.05))
        }
        return numbers
    }
}
