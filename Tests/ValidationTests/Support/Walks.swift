import Calculations
import Execution
import Foundation
import Parallel
import Reporting
import Statistics
import Structures

@testable import Calculations
@testable import Validation

/// Studies whose runs are random walks of known D = D0 exp(−Ea/kT).
enum Walks {
    static let energy = 0.2

    static func expected(_ temperature: Double) -> Double {
        3e-7 * exp(-energy / (PhysicalConstants.codata2018.boltzmann * temperature))
    }

    static func study(_ temperatures: [Double], arrangements: Int = 1) -> Study {
        let plan = DynamicsPlan(
            experiments: ["experiment", "convergence"], materials: [.germanium], arrangement: .disordered,
            cell: .expanded,
            supercell: .init(2, 2, 2), temperatures: temperatures, picoseconds: 102.3, equilibration: 1,
            arrangements: arrangements)
        let profile = Profile(
            name: "walks", purpose: "", accuracy: .init(stride: 1),
            speed: .init(supercells: [], threads: [], repeats: 1, secondsPerTiming: 1),
            lattice: .init(materials: [], force: 0.01, stress: 0.1), dynamics: [plan])
        let reference = ReferenceDataTests.reference
        return Study(
            profile: profile, materials: [.germanium],
            ensembles: [
                Ensemble(
                    level: LevelOfTheory(code: "VASP", functional: .pbe), materials: [.germanium], models: ["m"],
                    paths: [])
            ], labelled: [], seed: 1, cores: 1, reference: reference, lattice: try! reference.lattice())
    }

    /// Ions that walk at random, or stay where they are.
    static func record(_ run: Dynamics, isDiffusive: Bool = true, deviation: DeviationHistogram? = nil)
        -> DynamicsRecord
    {
        let (atoms, frames, interval, edge) = (160, 1024, 0.1, 20.0)
        var random = RandomStream(seed: 5, name: run.key)
        var msd = OnTheFlyMSD(frameInterval: interval, atomCount: atoms)
        let diffusion = expected(run.temperature) / PhysicalConstants.diffusionToSI
        let step = isDiffusive ? (2 * diffusion * interval).squareRoot() : 0
        var positions = [SIMD3<Double>](repeating: .zero, count: atoms)
        for _ in 0..<frames {
            msd.add(positions)
            for atom in positions.indices { positions[atom] += random.gaussianVector(standardDeviation: step / edge) }
        }
        let cell = Matrix3(SIMD3(edge, 0, 0), SIMD3(0, edge, 0), SIMD3(0, 0, edge))
        let block = ThermodynamicBlocks.Block(
            temperature: run.temperature, potentialEnergy: 0, pressures: .zero, lengths: SIMD3(repeating: edge),
            volume: edge * edge * edge)
        return DynamicsRecord(
            atoms: 400, displacements: DisplacementStatistics(msd.samples(cell: cell)), milestones: [],
            thermodynamics: ThermodynamicBlocks(blocks: [block, block], drift: 0.001), radial: [],
            framework: FrameworkMotion(meanSquare: ["S": 0.1]), deviation: deviation)
    }

    static func outcome(_ run: Dynamics, _ record: DynamicsRecord) -> Outcome<Dynamics> {
        made(run, record)
    }

    /// All runs of a study as walks; those at `stuck` temperatures stay where they are.
    static func outcomes(_ study: Study, stuck: Set<Double> = []) throws -> Outcomes {
        var outcomes = Outcomes()
        for run in try study.runs(for: "experiment").map(\.calculation) {
            outcomes.insert(outcome(run, record(run, isDiffusive: !stuck.contains(run.temperature))), from: .here)
        }
        return outcomes
    }
}
