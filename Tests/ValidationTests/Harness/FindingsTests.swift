import Files
import Foundation
import Reporting
import Statistics
import Testing

@testable import Validation

@Suite struct FindingsTests {
    static let findings = [
        Made.finding("diffusion/Ge/VASP-PBE/ordered/fixed/666K", 1.1e-9, 1e-10, unit: "m²/s", origin: .shipped),
        Made.finding("diffusion/Ge/VASP-PBE/ordered/fixed/500K", 0.1 + 0.2, .nan, unit: "m²/s", distrust: "why"),
        Finding(
            "diffusion/Si/VASP-PBE/ordered/fixed/500K", .obstacle("not yet"), unit: "m²/s", keys: [], remarks: ["r"]),
        Made.finding("diffusion-ab/Ge/VASP-PBE/ordered/fixed/500K", 1, 1),
    ]

    @Test func lookUp() throws {
        let findings = try Findings(Self.findings)
        #expect(findings.all.map(\.id) == findings.all.map(\.id).sorted())
        #expect(findings["diffusion/Ge/VASP-PBE/ordered/fixed/666K"]?.estimate?.value == 1.1e-9)
        #expect(findings["diffusion/Si/VASP-PBE/ordered/fixed/500K"]?.obstacle == "not yet")
        #expect(findings["diffusion/Ge"] == nil)
        #expect(findings.family("diffusion").count == 3)
        #expect(
            try findings.matching("diffusion/*/VASP-PBE/*/fixed/500K").map { $0.id.contains("/Ge/") } == [true, false])
        #expect(try findings.matching("diffusion/*/500K").isEmpty)
        #expect(throws: InputError.self) { try findings.matching("*/Ge") }
    }

    /// NaN is not equal to itself: texts are compared.
    @Test func fileIsReadBackAndBitStable() throws {
        let folder = try TemporaryFolder()
        try Findings(Self.findings).write(to: folder.path + "/findings.json")
        let text = try folder.text("findings.json")
        try Findings.read(folder.path + "/findings.json").write(to: folder.path + "/again.json")
        #expect(try folder.text("again.json") == text)
        try Findings(Self.findings.reversed()).write(to: folder.path + "/reversed.json")
        #expect(try folder.text("reversed.json") == text)
        #expect(text.contains("\"error\" : \"nan\"") && text.contains("0.30000000000000004"))
    }

    @Test func twinsAndMalformedIdsAreRefused() throws {
        let one = Made.finding("lattice/Ge/VASP-PBE/a", 1, 1)
        #expect(try Findings([one, one]).all.count == 1)
        var other = one
        other.keys = ["other"]
        let twins = #expect(throws: InputError.self) { try Findings([one, other]) }
        #expect(twins?.place == one.id)
        for id in ["", "lattice", "lattice/", "lattice//a", "lattice/G e/a", "lattice/*/a", "/a"] {
            #expect(throws: InputError.self, "\(id)") { try Findings([Made.finding(id, 1, 1)]) }
        }
    }

    @Test func damagedFilesAreNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/findings.json"
        try #"{"findings": [{"id": "lattice/Ge/a", "unit": "", "keys": [], "origin": "there"}]}"#.write(
            toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: InputError.self) { try Findings.read(path) }
        #expect(error?.file == path)
    }

    @Test func familiesKnowTheirIds() throws {
        for id in [
            "accuracy/Ge/VASP-PBE/heldout/force", "speed/2-threads/900-atoms", "speed/*/exponent",
            "convergence/Si/CP2K-PBEsol/*/*/666K/200ps", "size/Si/own-PBE/ordered/300K/200",
            "lattice/Sn/CP2K-PBE+vdW/volume",
            "expansion/Ge/CP2K-PBE/anisotropy-above-700K", "rdf/Sn/CP2K-PBE/Li-Sn", "locality/Ge/Li/5.5A",
            "iterations/Ge/CP2K-PBE/accurate/3", "calibration/Ge/CP2K-PBE/force/800K",
        ] {
            #expect(try FindingFamily.family(of: FindingPattern(id)).rawValue == String(id.prefix { $0 != "/" }))
        }
        for id in [
            "rdf/Sn/CP2K-PBE/Li-O", "locality/Ge/Li/6", "speed/two-threads/exponent",
            "diffusion/Ge/PBE/ordered/fixed/1K",
        ] {
            #expect(throws: InputError.self, "\(id)") { try FindingFamily.family(of: FindingPattern(id)) }
        }
    }

    @Test func originsJoin() {
        #expect(Origin(of: []) == .here && Origin(of: [.shipped, .shipped]) == .shipped)
        #expect(Origin(of: [.shipped, .here]) == .mixed)
    }
}
