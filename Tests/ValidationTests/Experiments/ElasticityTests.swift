import Calculations
import Execution
import Statistics
import Structures
import Testing

@testable import Validation

struct ElasticityTests {
    private static func study() -> Study {
        var study = Walks.study([Walks.plan(["disorder"], .ordered, .fixed, temperatures: [500])])
        study.profile.lattice = .init(materials: [.silicon], force: 0.01, stress: 0.1)
        study.profile.elastic = .init(materials: [.silicon], strain: 0.004, force: 0.01)
        return study
    }

    /// A tetragonal crystal's constants (GPa).
    private static let constants = ["C11": 40.0, "C33": 35, "C12": 15, "C13": 12, "C44": 9, "C66": 11]

    private static func stiffness(_ change: Double = 0) -> [Double] {
        let c = constants.mapValues { $0 + change }
        var m = [Double](repeating: 0, count: 36)
        for (row, column, name) in [
            (0, 0, "C11"), (1, 1, "C11"), (2, 2, "C33"), (0, 1, "C12"), (0, 2, "C13"), (1, 2, "C13"), (3, 3, "C44"),
            (4, 4, "C44"), (5, 5, "C66"),
        ] {
            m[6 * row + column] = c[name] ?? 0
            m[6 * column + row] = c[name] ?? 0
        }
        return m
    }

    /// Stresses of these constants, with a stress that is there without any strain.
    private static func content(_ stiffness: [Double], strain: Double, isConverged: Bool = true)
        -> StrainedStresses.Content
    {
        var stresses: [Double] = []
        for column in 0..<6 {
            for step in [strain, -strain] {
                for row in 0..<6 { stresses.append(0.3 + stiffness[6 * row + column] * step) }
            }
        }
        return StrainedStresses.Content(stresses: stresses, isConverged: isConverged, code: "test")
    }

    private static func findings(
        _ study: Study, withDFT: Bool = true, isConverged: Bool = true, _ change: (inout [Double]) -> Void = { _ in }
    ) throws -> Findings {
        var outcomes = Outcomes()
        for row in try Elasticity().rows(of: study) where withDFT || row.kind != .labelled {
            for (place, calculation) in row.calculations.enumerated() {
                var matrix = stiffness(row.kind == .relaxed ? 0 : 5 + (place == 1 ? 2 : 0))
                change(&matrix)
                outcomes.insert(
                    made(calculation, content(matrix, strain: 0.004, isConverged: isConverged)), from: .here)
            }
        }
        return try Walks.findings(study, Elasticity(), outcomes)
    }

    @Test func knownConstantsAreFound() throws {
        let findings = try Self.findings(Self.study())
        for (name, value) in Self.constants {
            let found = try #require(findings["elastic/Si/CP2K-PBE/relaxed/\(name)"]?.estimate)
            #expect(abs(found.value - value) < 1e-9 && found.standardError < 1e-9, "\(name): \(found)")
            // Two models that differ by 2 GPa.
            let clamped = try #require(findings["elastic/Si/CP2K-PBE/clamped/\(name)"]?.estimate)
            #expect(abs(clamped.value - value - 6) < 1e-9 && abs(clamped.standardError - 2.0.squareRoot()) < 1e-9)
            let labelled = try #require(findings["elastic/Si/CP2K-PBEsol/labelled/\(name)"])
            #expect(abs((labelled.estimate?.value ?? 0) - value - 5) < 1e-9 && labelled.keys.count == 1)
        }
        let bulk = try #require(findings["elastic/Si/CP2K-PBE/relaxed/bulk"]?.estimate?.value)
        #expect(abs(bulk - (ElasticTensor(Self.stiffness()).bulkModulus ?? 0)) < 1e-9)
        #expect(bulk > 21 && bulk < 21.5, "Voigt's is (2·40 + 35 + 2·(15 + 2·12))/9 = 21.4 GPa")
    }

    @Test func brokenLawsAreSeen() throws {
        let study = Self.study()
        let skew = try Self.findings(study) { $0[1] += 12 }
        #expect(skew["elastic/Si/CP2K-PBE/relaxed/C11"]?.distrust?.contains("C_IJ and C_JI") == true)
        let unstable = try Self.findings(study) { $0[35] = -3 }
        #expect(unstable["elastic/Si/CP2K-PBE/relaxed/bulk"]?.obstacle == "not stable under every strain")
        let soft = try #require(unstable["elastic/Si/CP2K-PBE/relaxed/C66"]?.estimate)
        #expect(abs(soft.value + 3) < 1e-9)
        let restless = try Self.findings(study, isConverged: false)
        #expect(restless["elastic/Si/CP2K-PBE/relaxed/bulk"]?.distrust?.contains("come to rest") == true)
        let without = try Self.findings(study, withDFT: false)
        #expect(without["elastic/Si/CP2K-PBE/labelled/bulk"]?.obstacle?.contains("--cp2k") == true)
    }
}
