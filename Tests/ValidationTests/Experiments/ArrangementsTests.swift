import Calculations
import Execution
import Files
import Statistics
import Structures
import Testing

@testable import Validation

struct ArrangementsTests {
    private static func study(_ count: Int = 12) -> Study {
        var study = Walks.study([Walks.plan(["disorder"], .ordered, .fixed, temperatures: [500])])
        study.profile.arrangements = .init(
            materials: [.silicon], supercell: .init(2, 1, 1), count: count, force: 0.01)
        return study
    }

    @Test func arrangementsDiffer() throws {
        let cell = CellLengths(a: 8.7, b: 8.7, c: 12.6)
        let crystals = try Arrangements.distinct(20, .germanium, cell, .init(2, 1, 1), seed: 1)
        #expect(crystals[0].arrangement == .ordered)
        #expect(try Set(crystals.map { try $0.structure().species }).count == 20)
        // Two Ge on four sites.
        #expect(try Arrangements.distinct(6, .germanium, cell, .init(1, 1, 1), seed: 1).count == 6)
        #expect(throws: InputError.self) { try Arrangements.distinct(7, .germanium, cell, .init(1, 1, 1), seed: 1) }
    }

    /// Energies (eV per atom): DFT's, and models' with errors of their own.
    private static func findings(
        _ study: Study, withDFT: Bool = true, noise: Double = 0.0002, sign: Double = 1
    ) throws -> Findings {
        var random = RandomStream(seed: 4, name: "energies")
        var outcomes = Outcomes()
        for comparison in try Arrangements().comparisons(of: study) {
            let energies = comparison.models[0].indices.map { _ in random.gaussian(standardDeviation: 0.002) }
            func insert(_ calculation: MinimumEnergy, _ energy: Double) {
                outcomes.insert(
                    made(calculation, .init(energy: energy, largestForce: 0.1, code: "test")), from: .here)
            }
            for (cell, energy) in energies.enumerated() {
                if withDFT, let labels = comparison.labels { insert(labels[cell], -4.2 + energy) }
                for (place, model) in comparison.models.enumerated() {
                    // Another zero for each model.
                    insert(
                        model[cell], -5 - Double(place) + sign * energy + random.gaussian(standardDeviation: noise))
                }
            }
        }
        return try Walks.findings(study, Arrangements(), outcomes)
    }

    @Test func knownErrorsAreFound() throws {
        let study = Self.study(40)
        let findings = try Self.findings(study)
        func check(_ name: String, _ value: Double) throws {
            let found = try #require(findings["arrangements/Si/CP2K-PBE/\(name)"]?.estimate)
            #expect(abs(found.value - value) < 3 * found.standardError, "\(name): \(found)")
            #expect(found.standardError > 0 && found.standardError < 0.2 * value + 0.2)
        }
        try check("spread", 2)
        try check("error", 0.2)
        try check("disagreement", 0.2)
        let rank = try #require(findings["arrangements/Si/CP2K-PBE/rank"]?.estimate)
        #expect(rank.value > 0.85 && rank.value <= 1)
    }

    @Test func wrongOrderIsSeen() throws {
        let study = Self.study(40)
        let rank = try #require(try Self.findings(study, sign: -1)["arrangements/Si/CP2K-PBE/rank"]?.estimate)
        #expect(rank.value < -0.85)
        let error = try #require(try Self.findings(study, sign: -1)["arrangements/Si/CP2K-PBE/error"]?.estimate)
        #expect(abs(error.value - 4) < 1)
    }

    /// 65 to 72 % of spreads within one error, and no order within one error of none.
    @Test func errorsCover() {
        var random = RandomStream(seed: 5, name: "coverage")
        var (spreads, ranks) = (0, 0)
        for _ in 0..<2000 {
            let first = (0..<20).map { _ in random.gaussian(standardDeviation: 0.002) }
            let second = (0..<20).map { _ in random.gaussian(standardDeviation: 0.002) }
            let energies = ArrangementEnergies(first, second)
            let spread = ArrangementEnergies.spread(energies.first)
            spreads += abs(spread.value - 2) < spread.standardError ? 1 : 0
            ranks += abs(energies.rankCorrelation.value) < energies.rankCorrelation.standardError ? 1 : 0
        }
        #expect((1300...1440).contains(spreads) && (1300...1440).contains(ranks), "\(spreads), \(ranks) of 2000")
    }

    @Test func withoutLabelsThereIsAReason() throws {
        let findings = try Self.findings(Self.study(), withDFT: false)
        #expect(findings["arrangements/Si/CP2K-PBE/error"]?.obstacle?.contains("--cp2k") == true)
        #expect(findings["arrangements/Si/CP2K-PBE/disagreement"]?.estimate != nil)
        var study = Self.study()
        study.ensembles = [
            Ensemble(
                level: LevelOfTheory(code: "VASP", functional: .pbe), materials: [.silicon], models: ["m"], paths: [])
        ]
        let other = try Self.findings(study)
        #expect(other["arrangements/Si/VASP-PBE/error"]?.obstacle == "this program does not run VASP")
        #expect(other["arrangements/Si/VASP-PBE/disagreement"]?.obstacle == "one model only")
    }
}
