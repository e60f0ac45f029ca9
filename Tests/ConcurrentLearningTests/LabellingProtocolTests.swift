import Files
import Foundation
import Labelling
import Testing

@testable import ConcurrentLearning

@Suite struct LabellingProtocolTests {
    private static func cp2k(_ parameters: String) throws -> (LearningProtocol, CP2KSettings) {
        let input = try ProtocolTests.small([
            ("\"fp_style\": \"model\"", "\"fp_style\": \"cp2k\""),
            ("{\"model\": \"teacher.dp\"}", parameters),
        ])
        guard case .cp2k(_, let settings) = input.labelling.code else { throw InputError(problem: "no CP2K") }
        return (input, settings)
    }

    private static let kind =
        "\"SUBSYS\": {\"KIND\": {\"_\": [\"Li\", \"S\"], \"POTENTIAL\": [\"GTH-PBE-q3\", \"GTH-PBE-q6\"], "
        + "\"BASIS_SET\": [\"DZVP-MOLOPT-SR-GTH\", \"TZV2P-MOLOPT-GTH\"]}}"

    /// DP-GEN's defaults for what is not said; sections as nested objects, "_" a section's parameter.
    @Test func sectionsOfCP2K() throws {
        let (input, settings) = try Self.cp2k(
            """
            {"FORCE_EVAL": {"DFT": {"BASIS_SET_FILE_NAME": "BASIS_MOLOPT", "MGRID": {"CUTOFF": 500},
              "QS": {"EPS_DEFAULT": 1.0E-13}, "SCF": {"EPS_SCF": 1.0E-6, "MAX_SCF": 500, "SCF_GUESS": "ATOMIC",
              "MIXING": {"METHOD": "BROYDEN_MIXING", "ALPHA": 0.3, "BETA": 1.5, "NBROYDEN": 14}},
              "KPOINTS": {"SCHEME": "MONKHORST-PACK 2 2 1"},
              "XC": {"XC_FUNCTIONAL": {"_": "PBE", "PBE": {"PARAMETRIZATION": "PBESOL"}}}}, \(Self.kind)}}
            """)
        #expect(settings.cutoff == 500 && settings.relativeCutoff == 50 && settings.screening == 1e-13)
        #expect(settings.maximumSteps == 500 && settings.mixing == 0.3 && settings.mixingHistory == 14)
        #expect(settings.kPoints == .monkhorstPack(2, 2, 1))
        #expect(settings.basis == ["Li": "DZVP-MOLOPT-SR-GTH", "S": "TZV2P-MOLOPT-GTH"])
        guard case .cp2k(let functional, _) = input.labelling.code else { return }
        #expect(functional == .pbesol)
        #expect(input.remarks.contains { $0.contains("DFT/BASIS_SET_FILE_NAME") && $0.contains("SCF_GUESS") })
    }

    @Test(arguments: [
        ("\"DFT\": {\"SCF\": {\"SMEAR\": {\"METHOD\": \"FERMI_DIRAC\"}}}, ", "SMEAR"),
        ("\"DFT\": {\"XC\": {\"vdW_POTENTIAL\": {\"DISPERSION_FUNCTIONAL\": \"PAIR_POTENTIAL\"}}}, ", "vdW_POTENTIAL"),
        ("\"DFT\": {\"UKS\": true}, ", "UKS"), ("\"DFT\": {\"SCF\": {\"MAX_SCF\": 1e300}}, ", "MAX_SCF"),
        ("\"DFT\": {\"XC\": {\"XC_FUNCTIONAL\": {\"_\": \"BLYP\"}}}, ", "XC_FUNCTIONAL"),
    ])
    func whatCP2KCannotHonourIsRefusedByName(section: String, name: String) throws {
        let error = try #require(throws: InputError.self) {
            try Self.cp2k("{\"FORCE_EVAL\": {\(section)\(Self.kind)}}")
        }
        #expect(error.place?.contains(name) ?? false, "\(error)")
    }

    private static func vasp(_ parameters: String) throws -> INCAR {
        let input = try ProtocolTests.small([
            ("\"fp_style\": \"model\"", "\"fp_style\": \"vasp\""),
            ("{\"model\": \"teacher.dp\"}", parameters),
        ])
        guard case .vasp(let incar) = input.labelling.code else { throw InputError(problem: "no VASP") }
        return incar
    }

    @Test func tagsOfVASP() throws {
        let incar = try Self.vasp(
            "{\"ENCUT\": 650, \"KSPACING\": 0.26, \"GGA\": \"PS\", \"PREC\": \"A\", \"SIGMA\": 0.1}")
        #expect(incar.functional == .pbesol && incar.settings.cutoff == 650)
        // Our own input says the precision already; the smearing is the user's.
        #expect(incar.settings.tags == ["SIGMA": "0.1"])
        let folder = try TestFolder()
        try AtomicFile.write(
            "# a comment\nENCUT = 650 ! eV\nKSPACING=0.26; GGA = PS\nSIGMA = 0.1\n", to: folder.path + "/INCAR")
        #expect(try INCAR(contentsOf: folder.path + "/INCAR").settings == incar.settings)
    }

    @Test(arguments: [
        ("{\"ENCUT\": 650}", "KSPACING"), ("{\"KSPACING\": 0.26, \"NSW\": 20}", "NSW"),
        ("{\"KSPACING\": 0.26, \"LHFCALC\": true}", "LHFCALC"), ("{\"KSPACING\": 0.26, \"GGA\": \"RP\"}", "GGA"),
        ("{\"KSPACING\": 0.26, \"ENCUT\": \"high\"}", "ENCUT"),
        ("{\"KSPACING\": 1e-300}", "KSPACING"), ("{\"KSPACING\": 0.26, \"NELM\": 1e300}", "NELM"),
        ("{\"KSPACING\": 0.26, \"KGAMMA\": \"maybe\"}", "KGAMMA"), ("{\"KSPACING\": 0.26, \"ICHARG\": 11}", "ICHARG"),
    ])
    func whatVASPCannotHonourIsRefusedByName(tags: String, name: String) throws {
        let error = try #require(throws: InputError.self) { try Self.vasp(tags) }
        #expect(error.place?.contains(name) ?? false, "\(error)")
    }

    /// KGAMMA = .FALSE. is another mesh where a count is even, and says so in KPOINTS and in the summary.
    @Test(arguments: [("false", "Monkhorst-Pack"), ("\".F.\"", "Monkhorst-Pack"), ("true", "Gamma")])
    func theMeshIsTheOneAskedFor(value: String, scheme: String) throws {
        let settings = try Self.vasp("{\"KSPACING\": 0.26, \"KGAMMA\": \(value)}").settings
        let input = VASPInput(structure: try LGPSTestCell.ordered(), functional: .pbe, settings: settings)
        #expect(input.kPoints.contains("\n\(scheme)\n") && !input.incar.contains("KGAMMA"))
        #expect(settings.summary["k-mesh"] == (scheme == "Gamma" ? nil : scheme))
    }

    /// Further tags stand in INCAR, and replace those of our own.
    @Test func furtherTagsAreWritten() throws {
        var input = VASPInput(structure: try LGPSTestCell.ordered(), functional: .pbe)
        let plain = input.incar
        #expect(plain.contains("SIGMA = 0.05\n"))
        input.settings.tags = ["SIGMA": "0.1", "ALGO": "Fast"]
        #expect(input.incar.contains("SIGMA = 0.1\n") && !input.incar.contains("SIGMA = 0.05"))
        #expect(input.incar.contains("ALGO = Fast\n"))
    }
}
