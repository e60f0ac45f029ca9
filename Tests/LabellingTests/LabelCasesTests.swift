import Files
import Foundation
import Structures
import Testing

@testable import Labelling

/// Outputs that public bug reports of this field describe, for one frame of Li S Li S; what is right was found with ASE, dpdata
/// or by hand.
struct LabelCasesTests {
    private func frame() throws -> Structure {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        return try LabelledSystem.load(path: "\(folder)/Fixtures/one-frame").structure(frame: 0)
    }

    private func forces(_ name: String) throws -> [SIMD3<Double>] {
        try OUTCAR.read(fixture(name), atoms: 4).matched(to: frame()).forces
    }

    @Test func forcesComeInTheFramesOrder() throws {
        // aiida-vasp #635: VASP's atoms are sorted by element; forces go by position.
        let good = try forces("40-OUTCAR-good")
        let sorted = try forces("41-OUTCAR-sorted-by-element")
        #expect(sorted == good)
        #expect(good.contains(SIMD3(0.21, 0.22, 0.23)))
        let frame = try frame()
        let output = try Vasprun.read(Data(fixture("47-vasprun-good.xml").utf8), atoms: 4).matched(to: frame)
        #expect(output.forces == good && output.species == frame.species)
    }

    @Test func anotherFrameIsRefused() throws {
        // pyiron #1126: the same cell, other positions.
        let other = failure { _ = try forces("42-OUTCAR-other-frame") }
        #expect(other?.reason == .badStructure && other?.message.contains("away from any atom") == true)
        let exchanged = try fixture("41-OUTCAR-sorted-by-element").replacing("VRHFIN =Li", with: "VRHFIN =X")
            .replacing("VRHFIN =S", with: "VRHFIN =Li").replacing("VRHFIN =X", with: "VRHFIN =S")
        let wrong = failure { _ = try OUTCAR.read(exchanged, atoms: 4).matched(to: frame()) }
        #expect(wrong?.message.contains("were the POTCARs in order") == true)
    }

    @Test func starsAreNoStress() throws {
        // cp2k #583, and every Fortran program.
        let error = failure { _ = try OUTCAR.read(fixture("46-OUTCAR-stars-in-kB"), atoms: 4) }
        #expect(error?.reason == .incompleteOutput && error?.quotedLines.first?.contains("****") == true)
        let xml = try fixture("47-vasprun-good.xml").replacing("<v> 10.00000000 4", with: "<v> ***** 4")
        #expect(failure { _ = try Vasprun.read(Data(xml.utf8), atoms: 4) }?.message.contains("stress") == true)
    }

    @Test func theStressOfCP2K2025IsInBar() throws {
        // cp2kdata #98, #99. V = 226.92 Å³ at 1 GPa: 1.41632 eV.
        for name in ["50-cp2k-2023-GPa.out", "51-cp2k-2025-bar.out"] {
            let output = try CP2KOutput(text: fixture(name), atoms: 4)
            let virial = try #require(output.virial(volume: 226.92))
            #expect(abs(virial[0].x - 1.41632) < 1e-5, "\(name)")
        }
        let odd = try fixture("51-cp2k-2025-bar.out").replacing("[bar]", with: "[psi]")
        #expect(failure { _ = try CP2KOutput(text: odd, atoms: 4) }?.message.contains("unit") == true)
        let volts = try fixture("51-cp2k-2025-bar.out").replacing("energy [hartree]", with: "energy [eV]")
        #expect(failure { _ = try CP2KOutput(text: volts, atoms: 4) }?.message.contains("eV") == true)
    }

    @Test func labelsThatAreNotFiniteAreNone() throws {
        let structure = try frame()
        let good = Label(energy: -1, forces: Array(repeating: .zero, count: 4), virial: .zero, code: "x")
        #expect(throws: Never.self) { try good.checked(for: structure) }
        var changes: [Label] = Array(repeating: good, count: 4)
        changes[0].energy = .nan
        changes[1].forces[2].y = .infinity
        changes[2].virial = Matrix3(rowMajor: [.nan, 0, 0, 0, 0, 0, 0, 0, 0])
        changes[3].virial = nil
        for label in changes { #expect(failure { _ = try label.checked(for: structure) }?.reason == .incompleteOutput) }
    }
}
