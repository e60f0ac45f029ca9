import Files
import Foundation
import Structures
import Testing

@testable import Labelling

/// The outputs are written by hand in the layout of VASP 5.4.4, for LiS in a box, with numbers easy to check.
struct VASPTests {
    private let structure = Structure(
        cell: try! Cell(Matrix3(SIMD3(5, 0, 0), SIMD3(-1, 4, 0), SIMD3(0, 0, 10))), species: [.lithium, .sulfur],
        positions: [SIMD3(0, 0, 0), SIMD3(2.4, 0, 0)])

    private func check(_ output: VASPOutput) {
        #expect(output.energy == -8.5)
        #expect(output.forces == [SIMD3(0.5, -0.25, 0.125), SIMD3(-0.5, 0.25, -0.125)])
        #expect(output.cell == structure.cell.vectors)
        // 10 kB = 1 GPa; V = 200 Å³; compression positive is +Ξ.
        let gigapascal = 200 / 160.2176634
        #expect(abs(output.virial![0][0] - gigapascal) < 1e-12)
        #expect(abs(output.virial![0][1] - 0.4 * gigapascal) < 1e-12)
        #expect(abs(output.virial![1][2] - -0.5 * gigapascal) < 1e-12)
        #expect(abs(output.virial![2][0] - 0.6 * gigapascal) < 1e-12)
        #expect(output.selfConsistencySteps == 2)
    }

    @Test func readsOUTCAR() throws {
        let output = try OUTCAR.read(fixture("OUTCAR"), atoms: 2)
        check(output)
        #expect(output.version == "vasp.5.4.4.18Apr17-6-g9f103f2a35")
    }

    @Test func readsVasprun() throws {
        check(try Vasprun.read(Data(fixture("vasprun.xml").utf8), atoms: 2))
    }

    @Test(arguments: [
        ("EDIFF is reached", "EDIFF was not reached", LabelFailure.Reason.notConverged),
        ("General timing", "", .incompleteOutput), ("TOTEN", "", .incompleteOutput),
        ("TOTAL-FORCE", "", .incompleteOutput), ("direct lattice", "", .incompleteOutput),
    ])
    func badOUTCARs(old: String, new: String, reason: LabelFailure.Reason) throws {
        let text = try fixture("OUTCAR").replacingOccurrences(of: old, with: new)
        #expect(failure { _ = try OUTCAR.read(text, atoms: 2) }?.reason == reason)
    }

    @Test func badVaspruns() throws {
        let text = try fixture("vasprun.xml")
        let half = Data(text.prefix(text.count / 2).utf8)
        #expect(failure { _ = try Vasprun.read(half, atoms: 2) }?.reason == .incompleteOutput)
        let few = Data(text.replacingOccurrences(of: ">60<", with: ">2<").utf8)
        #expect(failure { _ = try Vasprun.read(few, atoms: 2) }?.reason == .notConverged)
        #expect(failure { _ = try Vasprun.read(Data(text.utf8), atoms: 3) }?.reason == .incompleteOutput)
    }

    @Test func inputsHaveThePapersSettings() throws {
        let input = VASPInput(structure: structure, functional: .pbesol)
        let incar = input.incar
        for line in ["ENCUT = 650.0", "EDIFF = 1e-06", "GGA = PS", "NSW = 0"] { #expect(incar.contains(line)) }
        // |b| = 2π/4.85 .. : b1 = 2π(1/5, 1/20, 0), b2 = 2π(0, 1/4, 0), b3 = 2π/10 e_z; over 0.26.
        #expect(input.mesh == SIMD3(5, 7, 3))
        #expect(input.kPoints.contains("Gamma\n5 7 3\n"))
        #expect(VASPInput(structure: structure, functional: .scan).incar.contains("METAGGA = SCAN"))
    }

    private func labeller(_ folder: String, command: String? = nil, potcar: String? = nil) -> VASPLabeller {
        VASPLabeller(execution: .init(exchange: folder, command: command, potcarFolder: potcar))
    }

    private func refusal(of labeller: VASPLabeller, in folder: String) async -> LabelFailure? {
        do {
            _ = try await labeller.label(structure, .pbe, keepingFailuresIn: folder)
            return nil
        } catch { return error as? LabelFailure }
    }

    @Test func runsACommandAndQuotesItsFailure() async throws {
        try await withTemporaryFolder { folder in
            let reason = await refusal(of: labeller("\(folder)/vasp", command: "echo no licence; exit 1"), in: folder)
            #expect(reason?.reason == .crashed && reason?.quotedLines == ["no licence"])
            #expect(FileManager.default.fileExists(atPath: "\(folder)/INCAR"))
            let potcar = await refusal(of: labeller("\(folder)/v2", potcar: "\(folder)/none"), in: folder)
            #expect(potcar?.reason == .missingElement && potcar?.message.contains("Li") == true)
        }
    }

    @Test func inputIsWrittenForACalculationElsewhere() async throws {
        try await withTemporaryFolder { folder in
            let labeller = labeller("\(folder)/vasp")
            #expect(try !labeller.prepare(structure, .pbe))
            let place = labeller.folder(of: structure, .pbe)
            #expect(place == "\(folder)/vasp/PBE/\(FrameHash.hexadecimal(of: structure))")
            #expect(try POSCAR(contentsOf: "\(place)/POSCAR").structure.species == structure.species)
            #expect(await refusal(of: labeller, in: folder)?.reason == .waiting)
            try AtomicFile.write(fixture("OUTCAR"), to: "\(place)/OUTCAR")
            #expect(try labeller.prepare(structure, .pbe))
            #expect(try await labeller.label(structure, .pbe, keepingFailuresIn: folder).energy == -8.5)
        }
    }

    /// A run of our own command that was killed leaves half an OUTCAR; one that the user brings is taken as it is.
    @Test func halfAnOutputOfOurOwnIsMadeAgain() async throws {
        try await withTemporaryFolder { folder in
            let whole = "\(folder)/whole"
            try AtomicFile.write(fixture("OUTCAR"), to: whole)
            let place = labeller("\(folder)/vasp").folder(of: structure, .pbe)
            let killed = labeller("\(folder)/vasp", command: "head -c 300 \(whole) > OUTCAR; kill -9 $$")
            #expect(await refusal(of: killed, in: folder)?.reason == .killed)
            let again = labeller("\(folder)/vasp", command: "cp \(whole) OUTCAR")
            #expect(try await again.label(structure, .pbe, keepingFailuresIn: folder).energy == -8.5)
            // Finished: the command is not run again.
            let never = labeller("\(folder)/vasp", command: "exit 1")
            #expect(try await never.label(structure, .pbe, keepingFailuresIn: folder).energy == -8.5)
            #expect(FileManager.default.fileExists(atPath: "\(place)/OUTCAR.unfinished"))
        }
    }
}
