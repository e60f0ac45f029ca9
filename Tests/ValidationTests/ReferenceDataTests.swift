import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import Validation

@Suite struct ReferenceDataTests {
    static let reference = try! ReferenceData(folder: packageFolder + "/reference-data")
    static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    /// Against the paper's text: Table V and section III.E.
    @Test func tablesAreThePapers() throws {
        let accuracy = try Self.reference.accuracy()
        #expect(accuracy.rows.count == 6 && accuracy.citation.contains("094703"))
        let ge = try #require(accuracy.rows.first { $0.material == "Ge" && $0.functional == "PBE" })
        #expect(ge.energy == 1.65 && ge.force == 82.4)
        #expect(try Self.reference.paperDiffusion().rows.first { $0.material == "Ge" }?.diffusion == 19e-12)
        #expect(try Self.reference.measuredDiffusion().rows.first { $0.material == "Sn" }?.diffusion == 3.1e-12)
        // 4 h for 500 000 steps.
        #expect(try Self.reference.speed().rows[0].millisecondsPerStep == 4 * 3.6e6 / 500_000)
    }

    /// What claims are compared with.
    @Test func valuesHaveNamesAndUnits() throws {
        let values = try Self.reference.values()
        #expect(values["paper/accuracy/Sn/VASP-PBEsol/force"]?.estimate == Estimate(77.9, error: 0.29))
        #expect(values["measured/diffusion/Si/300K"] == .init(estimate: Estimate(5.8e-12, error: 2e-12), unit: "m²/s"))
        #expect(values["paper/speed/hours-per-ns"]?.estimate.value == 4)
        #expect(values["measured/expansion/Ge"]?.estimate == Estimate(3.5e-5, error: 0.1e-5))
    }

    @Test func defaultModelIsThere() throws {
        for path in try Self.reference.models(for: .germanium) { #expect(FileManager.default.fileExists(atPath: path)) }
        let error = #expect(throws: InputError.self) { try Self.reference.models(for: .tin) }
        #expect(error?.mend?.contains("--model") == true)
    }

    @Test func isFoundFromTheProgramUpwards() throws {
        let program = Self.packageFolder + "/.build/debug/lgps-bench"
        #expect(try ReferenceData.locate(environment: [:], program: program).folder == Self.reference.folder)
        let named = ["LGPS_REFERENCE_DATA": "/no/such"]
        #expect(throws: InputError.self) { try ReferenceData.locate(environment: named, program: program) }
    }
}
