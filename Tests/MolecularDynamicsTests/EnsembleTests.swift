import DeepPotential
import Foundation
import Structures
import Testing

@testable import MolecularDynamics

/// What the integrators sample is the ensemble that they are named after: means and fluctuations against statistical
/// mechanics, each within four standard errors (of a fixed seed: no chance failures).
@Suite struct EnsembleTests {
    private static let temperature = 40.0
    private static let thermalEnergy = PhysicalConstants.codata2018.boltzmann * temperature
    private static let timestep = 0.01

    private struct Record {
        var twiceKinetic = Series()
        var volume = Series()
        var pressure = Series()
        var pressureVolume = Series()
        var barostat = Series()
    }

    /// 32 atoms of argon with a short cutoff that stays under half of the cell at all volumes visited.
    private func sample(
        _ make: (MDState) -> any Integrator, structure: Structure? = nil, potential: any Potential,
        steps: Int, every interval: Int = 5
    ) throws -> Record {
        var state = MDState(
            structure: try structure ?? Samples.argon(cells: 2, temperature: Self.temperature, seed: 7))
        try state.evaluate(potential)
        var integrator = make(state)
        var record = Record()
        for step in 1...steps {
            try integrator.advance(&state, potential: potential)
            guard step > steps / 10, step.isMultiple(of: interval) else { continue }
            let volume = state.structure.cell.volume
            let pressure = state.pressureTensor.trace / 3
            record.twiceKinetic.values.append(state.twiceKineticEnergy)
            record.volume.values.append(volume)
            record.pressure.values.append(pressure)
            record.pressureVolume.values.append(pressure * volume)
            if let barostat = integrator as? MartynaTobiasKlein {
                record.barostat.values.append(barostat.mass * barostat.strainRate.squaredNorm)
            }
        }
        return record
    }

    private var softArgon: LennardJones { LennardJones(switchStart: 4.2, cutoff: 4.8) }

    private func sample(
        coupling: CellCoupling, pressure: Double, structure: Structure? = nil, potential: any Potential, steps: Int
    )
        throws -> Record
    {
        try sample(
            {
                MartynaTobiasKlein(
                    timestep: Self.timestep, temperature: Self.temperature, pressure: pressure, coupling: coupling,
                    for: $0)
            }, structure: structure, potential: potential, steps: steps)
    }

    /// Whether a mean agrees with theory, and the comparison is sharp enough to mean something.
    private func agree(_ mean: Double, _ error: Double, with expected: Double, relativeError: Double) -> Bool {
        abs(mean - expected) < 4 * error && error < relativeError * expected
    }

    @Test func chainSamplesTheCanonicalKineticEnergy() throws {
        let record = try sample(
            { NoseHoover(timestep: Self.timestep, temperature: Self.temperature, for: $0) }, potential: softArgon,
            steps: 60_000)
        let kinetic = record.twiceKinetic
        let freedom = Double(3 * 32 - 3)
        #expect(agree(kinetic.mean, kinetic.error(), with: freedom * Self.thermalEnergy, relativeError: 0.005))
        // Var(2K) = 2 N_f (kT)²
        let variance = 2 * freedom * Self.thermalEnergy * Self.thermalEnergy
        #expect(agree(kinetic.variance, kinetic.varianceError, with: variance, relativeError: 0.05))
    }

    /// ⟨P_int⟩ = P, ⟨P_int V⟩ + kT = P⟨V⟩ (Martyna, Tobias, Klein 1994) and kT for every degree of freedom of atoms and
    /// barostat.
    @Test(arguments: CellCoupling.allCases) func barostatHoldsPressureAndEquipartition(coupling: CellCoupling) throws {
        let record = try sample(coupling: coupling, pressure: 0.05, potential: softArgon, steps: 40_000)
        let pressure = 0.05 / PhysicalConstants.pressureToGPa
        #expect(agree(record.pressure.mean, record.pressure.error(), with: pressure, relativeError: 0.002))
        let gap = pressure * record.volume.mean - record.pressureVolume.mean
        #expect(agree(gap, record.pressureVolume.error(), with: Self.thermalEnergy, relativeError: 0.15))
        #expect(
            agree(
                record.twiceKinetic.mean, record.twiceKinetic.error(), with: 93 * Self.thermalEnergy,
                relativeError: 0.005))
        #expect(
            agree(
                record.barostat.mean, record.barostat.error(),
                with: Double(coupling.degreesOfFreedom) * Self.thermalEnergy, relativeError: 0.1))
    }

    /// −∂⟨V⟩/∂P = β Var(V): the difference of two mean volumes against the fluctuations at both pressures.
    @Test func volumeFluctuationsMatchTheCompressibility() throws {
        let low = try sample(coupling: .isotropic, pressure: 0.05, potential: softArgon, steps: 40_000).volume
        let high = try sample(coupling: .isotropic, pressure: 0.07, potential: softArgon, steps: 40_000).volume
        let factor = 0.02 / PhysicalConstants.pressureToGPa / Self.thermalEnergy
        let predicted = factor * 0.5 * (low.variance + high.variance)
        let predictedError = factor * 0.5 * hypot(low.varianceError, high.varianceError)
        let error = hypot(hypot(low.error(), high.error()), predictedError)
        #expect(agree(low.mean - high.mean, error, with: predicted, relativeError: 0.1))
    }

    /// P(V) ∝ V^(N−1) exp(−βPV): a gamma distribution of shape N, mean N kT/P and variance N (kT/P)².
    @Test func idealGasVolumeIsGammaDistributed() throws {
        let structure = try Samples.argon(cells: 2, latticeConstant: 20, temperature: Self.temperature, seed: 3)
        let volume = try sample(
            coupling: .isotropic, pressure: 3e-4, structure: structure, potential: NoForces(), steps: 400_000
        ).volume
        let scale = Self.thermalEnergy * PhysicalConstants.pressureToGPa / 3e-4
        #expect(agree(volume.mean, volume.error(), with: 32 * scale, relativeError: 0.002))
        #expect(agree(volume.variance, volume.varianceError, with: 32 * scale * scale, relativeError: 0.02))
    }
}
