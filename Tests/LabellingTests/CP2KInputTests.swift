import Files
import Foundation
import Structures
import Testing

@testable import Labelling

/// A data folder with a few entries in the layout of CP2K's files.
func withDataFolder<R>(_ body: (CP2KDataLibrary) async throws -> R) async throws -> R {
    try await withTemporaryFolder { folder in
        try AtomicFile.write(
            """
            # comment
            Li DZVP-MOLOPT-SR-GTH DZVP-MOLOPT-SR-GTH-q3
             1
             2 0 1 5 3 1
            Si DZVP-MOLOPT-SR-GTH DZVP-MOLOPT-SR-GTH-q4

            """, to: "\(folder)/BASIS_MOLOPT")
        try AtomicFile.write(
            "Li TZV2P-MOLOPT-PBE-GTH-q1 TZV2P-MOLOPT-GGA-GTH-q1\nXe BIG-GTH-q8\n", to: "\(folder)/BASIS_MOLOPT_UZH")
        try AtomicFile.write(
            "Li GTH-PBE-q1\n 1\nLi GTH-PBE-q3 GTH-PBE\n 3\nSi GTH-PBE-q4 GTH-PBE\nSi GTH-PADE-q4 GTH-PADE\n",
            to: "\(folder)/GTH_POTENTIALS")
        return try await body(CP2KDataLibrary(folder: folder))
    }
}

struct CP2KInputTests {
    private let structure = Structure(
        cell: try! Cell(a: 5, b: 5, c: 5, gamma: 80), species: [.lithium, .silicon, .lithium],
        positions: [SIMD3(0, 0, 0), SIMD3(2, 0, 0), SIMD3(0, 2, 0)])
    private let settings = CP2KSettings(
        basis: ["Si": "DZVP-MOLOPT-SR-GTH-q4"], fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 300, relativeCutoff: 40,
        screening: 1e-9, selfConsistency: 1e-5, kPoints: .point(SIMD3(0.25, 0.25, 0.25)))

    @Test func basisAndPotentialFitEachOther() async throws {
        try await withDataFolder { library in
            let input = try CP2KInput(
                structure: structure, functional: .pbesol, settings: settings, library: library, project: "x")
            #expect(input.kinds.map(\.potential.name) == ["GTH-PBE-q3", "GTH-PBE-q4"])
            // 3 + 4 + 3 electrons.
            #expect(input.electrons == 10)
            let text = input.text
            #expect(text.contains("PARAMETRIZATION PBESOL"))
            #expect(text.contains("KPOINT 0.25 0.25 0.25 1.0"))
            #expect(text.contains("SCF_GUESS ATOMIC"))
            #expect(!text.contains("UKS"))
            #expect(text.split(separator: "\n").count { $0.contains("BASIS_SET_FILE_NAME") } == 1)
            // A basis for one electron takes the potential of one electron.
            var single = settings
            single.basis["Li"] = "TZV2P-MOLOPT-PBE-GTH-q1"
            let other = try CP2KInput(
                structure: structure, functional: .pbe, settings: single, library: library, project: "x",
                restartFile: "y-RESTART.kp", writesRestart: true)
            #expect(other.kinds[0].potential.name == "GTH-PBE-q1")
            #expect(other.text.contains("SCF_GUESS RESTART") && other.text.contains("y-RESTART.kp"))
        }
    }

    @Test func anElementWithoutBasisOrPotentialIsNamed() async throws {
        try await withDataFolder { library in
            func error(_ species: Species, _ functional: Functional, _ settings: CP2KSettings) -> LabelFailure? {
                var changed = structure
                changed.species[1] = species
                return failure {
                    _ = try CP2KInput(
                        structure: changed, functional: functional, settings: settings, library: library, project: "x")
                }
            }
            let gold = try #require(Species(symbol: "Au"))
            #expect(error(gold, .pbe, settings)?.reason == .missingElement)
            #expect(error(gold, .pbe, settings)?.message.contains("Au") == true)
            var xenon = settings
            xenon.basis["Xe"] = "BIG-GTH-q8"
            let missing = error(try #require(Species(symbol: "Xe")), .pbe, xenon)
            #expect(missing?.message.contains("potential") == true)
            #expect(error(.silicon, .lda, settings)?.message.contains("GTH-PADE") == true)
            #expect(error(.silicon, .pbe0, settings)?.message.contains("Gamma") == true)
        }
    }

    @Test func overlappingAtomsAreNamed() throws {
        var close = structure
        // Through the boundary of the cell.
        close.positions[1] = close.cell.cartesian(SIMD3(0.97, 0, 0))
        let error = failure { try CP2KLabeller.check(close) }
        #expect(error?.reason == .badStructure)
        #expect(error?.message.contains("atoms 0 (Li) and 1 (Si)") == true)
        close.positions[1].x = .nan
        #expect(failure { try CP2KLabeller.check(close) }?.reason == .badStructure)
    }

    @Test func aMissingProgramNamesTheInstallCommand() throws {
        for (executable, path) in [(nil, "/nowhere"), ("/nowhere/cp2k", nil)] as [(String?, String?)] {
            do {
                _ = try CP2KInstallation.find(executable: executable, searchPath: path)
                Issue.record("found")
            } catch let error as ExternalProgramFailure {
                #expect(error.description.contains("apt-get install cp2k"))
            }
        }
    }

    @Test func kPointsByName() throws {
        #expect(try CP2KSettings.KPoints(name: "Gamma") == .gamma)
        #expect(try CP2KSettings.KPoints(name: "2x2x1") == .monkhorstPack(2, 2, 1))
        #expect(throws: InputError.self) { try CP2KSettings.KPoints(name: "2x2") }
        #expect(throws: InputError.self) { try CP2KSettings.KPoints(name: "2x0x2") }
    }

    @Test func functionalsByName() throws {
        #expect(try Functional(name: "pbesol") == .pbesol)
        #expect(throws: InputError.self) { try Functional(name: "B3LYP") }
    }
}
