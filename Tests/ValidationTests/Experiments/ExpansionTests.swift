import Calculations
import Structures
import Testing

@testable import Calculations
@testable import Validation

struct ExpansionTests {
    @Test func knownExpansionIsFound() throws {
        let study = Walks.study([
            Walks.plan(["expansion"], .ordered, .npt, temperatures: [300, 400, 500, 600, 700, 800, 900]),
            Walks.plan(["expansion"], .ordered, .fixed, temperatures: [800]),
            Walks.plan(["expansion"], .ordered, .expanded, temperatures: [800]),
        ])
        let outcomes = try Walks.outcomes(study, Expansion()) { run, record in
            guard case .npt = run.ensemble else { return }
            let cell = ThermalExpansion(a: 3e-5, c: 2e-5).cell(CellLengths(a: 17, b: 17, c: 25), at: run.temperature)
            record.thermodynamics.blocks = [-1, 1, -1, 1, 1, -1, 1, -1].map { sign in
                let change: Double = 1 + 1e-4 * sign
                return ThermodynamicBlocks.Block(
                    temperature: run.temperature, potentialEnergy: 0, pressures: .zero,
                    lengths: change * SIMD3(cell.a, cell.b, cell.c), volume: change * change * change * cell.volume)
            }
        }
        let findings = try Walks.findings(study, Expansion(), outcomes)
        func check(_ name: String, _ value: Double) throws {
            let found = try #require(findings["expansion/Si/CP2K-PBE/\(name)"]?.estimate)
            #expect(abs(found.value - value) < 2e-7 + 2 * found.standardError, "\(name): \(found)")
            #expect(found.standardError > 0)
        }
        try check("alpha-a", 3e-5)
        try check("alpha-c", 2e-5)
        // A third of the volume's.
        try check("alpha", 8e-5 / 3)
        try check("anisotropy-above-700K", -1e-5)
        let volume = try #require(findings["volume/Si/CP2K-PBE/300K"]?.estimate)
        #expect(abs(volume.value - 17.0 * 17 * 25 / 8) < 0.01)
        let points = try Expansion().points(of: study, outcomes)
        #expect(Expansion.pairs(points).count == 1 && points.count == 2)
    }
}
