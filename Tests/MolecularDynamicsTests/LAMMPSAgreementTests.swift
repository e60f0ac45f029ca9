import DeepPotential
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

/// Step by step the trajectory of LAMMPS: the same model, constants, masses and start.
@Suite(.enabled(if: SharedData.hasLAMMPS, "needs ../shared/golden/lammps"))
struct LAMMPSAgreementTests {
    /// Å, eV/Å and Å/ps: LAMMPS prints 15 digits, and rounding grows little in 100 steps.
    private let tolerance = 1e-11
    /// eV and K: sums over 200 atoms, printed with 14 digits.
    private let sumTolerance = 1e-10
    /// GPa: LAMMPS's unit of pressure is 8e-8 larger than CODATA's.
    private let pressureTolerance = 3e-7

    /// All 100 steps take a minute; 20 are enough to see any difference in the order of operations.
    private static let allSteps = ProcessInfo.processInfo.environment["LGPS_LONG_TESTS"] != nil

    @Test(arguments: [MDConfiguration.Ensemble.nve, .nvt]) func agrees(ensemble: MDConfiguration.Ensemble) throws {
        let golden = try LAMMPSRun(ensemble.rawValue)
        var configuration = MDConfiguration(
            ensemble: ensemble, temperature: 600, steps: Self.allSteps ? 100 : 20)
        configuration.initialVelocities = .structure
        configuration.constants = .lammps
        let model = try DPModel(contentsOf: SharedData.golden.appendingPathComponent("standard-float64/model.dp").path)
        let recorder = FrameRecorder(interval: 10)
        let simulation = try Simulation(
            configuration: configuration, structure: golden.structure, potential: ReferenceEvaluator(model),
            observers: [recorder], masses: golden.masses)
        try simulation.run()

        for sample in recorder.samples {
            let step = sample.state.step
            if let frame = golden.frames.first(where: { $0.step == step }) {
                #expect(largest(sample.state.structure.positions, frame.positions) < tolerance)
                #expect(largest(sample.state.velocities, frame.velocities) < tolerance)
                #expect(largest(sample.state.evaluation.forces, frame.forces) < tolerance)
            }
            let line = try #require(golden.thermo.first { $0["Step"] == Double(step) })
            let thermo = sample.thermo
            #expect(abs(thermo.temperature - line["Temp"]!) < sumTolerance)
            #expect(abs(thermo.potentialEnergy - line["PotEng"]!) < sumTolerance)
            #expect(abs(thermo.kineticEnergy - line["KinEng"]!) < sumTolerance)
            #expect(abs(thermo.conservedEnergy - line["Econserve"]!) < sumTolerance)
            let p = thermo.pressureTensor
            for (name, value) in [
                ("Press", thermo.pressure), ("Pxx", p[0].x), ("Pyy", p[1].y), ("Pzz", p[2].z), ("Pxy", p[0].y),
                ("Pxz", p[0].z), ("Pyz", p[1].z),
            ] {
                #expect(abs(value - line[name]! / PhysicalConstants.gigapascalToBar) < pressureTolerance, "\(name)")
            }
        }
        #expect(recorder.samples.count == configuration.steps / 10 + 1)
    }

    private func largest(_ a: [SIMD3<Double>], _ b: [SIMD3<Double>]) -> Double {
        zip(a, b).map { ($0 - $1).norm }.max()!
    }
}
