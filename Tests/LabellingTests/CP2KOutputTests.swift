import Files
import Foundation
import Structures
import Testing

@testable import Labelling

func fixture(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    return try InputFile.text(at: "\(folder)/Fixtures/\(name)")
}

func failure(_ body: () throws -> Void) -> LabelFailure? {
    do { try body() } catch { return error as? LabelFailure }
    return nil
}

/// The outputs are CP2K 2023.1's for LiH in a cube of 5.5 Å, shortened.
struct CP2KOutputTests {
    @Test func aFinishedCalculation() throws {
        let output = try CP2KOutput(text: fixture("cp2k-2023.1-lih.out"), atoms: 2)
        #expect(output.version == "CP2K version 2023.1")
        #expect(output.selfConsistencySteps == 12)
        // -8.024224451175044 Ha; CODATA 2018.
        #expect(abs(output.energy - -218.35027) < 1e-4)
        #expect(abs(output.forces[1].z - 0.0845140788 * 51.4220675) < 1e-6)
        // 5.5³ Å³ times 0.2806 GPa: +Ξ/V is printed.
        let virial = try #require(output.virial(volume: 166.375))
        #expect(abs(virial[0][0] - 0.280645313629 * 166.375 / 160.2176634) < 1e-9)
        #expect(virial[2][0] == virial[0][2])
    }

    @Test func notConverged() throws {
        let text = try fixture("cp2k-2023.1-not-converged.out")
        let error = failure { _ = try CP2KOutput(text: text, atoms: 2) }
        #expect(error?.reason == .notConverged)
        #expect(error?.quotedLines.contains { $0.contains("3 Broy./Diag.") } == true)
    }

    @Test func anAbortIsQuoted() throws {
        let text = try fixture("cp2k-2023.1-abort.out")
        let error = failure { _ = try CP2KOutput(text: text, atoms: 2) }
        #expect(error?.reason == .crashed)
        #expect(
            error?.quotedLines.prefix(2) == [
                "The requested atomic potential <GTH-PBE-q9> for element <LI> was",
                "not found in the potential file <GTH_POTENTIALS>",
            ])
    }

    /// Whatever part of the output is lost, the frame fails and says so.
    @Test(arguments: ["PROGRAM ENDED", "SCF run converged", "ENERGY|", "H           0.0135", "STRESS|      y"])
    func aLostLineIsNoticed(_ lost: String) throws {
        let text = try fixture("cp2k-2023.1-lih.out").split(separator: "\n").filter { !$0.contains(lost) }
            .joined(separator: "\n")
        let error = failure { _ = try CP2KOutput(text: text, atoms: 2) }
        #expect(error?.reason == .incompleteOutput)
    }

    @Test func halfAnOutputIsNoticed() throws {
        let text = try fixture("cp2k-2023.1-lih.out")
        for share in [0, 0.2, 0.5, 0.8] {
            let part = String(text.prefix(Int(Double(text.count) * share)))
            #expect(failure { _ = try CP2KOutput(text: part, atoms: 2) }?.reason == .incompleteOutput)
        }
    }

    @Test func forcesInTheLayoutOfLaterVersions() throws {
        let text = try fixture("cp2k-2023.1-lih.out").split(separator: "\n", omittingEmptySubsequences: false)
        let start = text.firstIndex { $0.contains("ATOMIC FORCES") }!
        let end = text.firstIndex { $0.contains("SUM OF") }!
        let later = """
             FORCES| Atomic forces [hartree/bohr]
             FORCES| Atom     x               y               z               |f|
             FORCES|      1  1.00000000E-02  0.00000000E+00  0.00000000E+00  1.00000000E-02
             FORCES|      2 -1.00000000E-02  0.00000000E+00  2.00000000E-02  2.23606798E-02
             FORCES| Sum     0.00000000E+00  0.00000000E+00  2.00000000E-02  2.00000000E-02
            """.split(separator: "\n")
        let output = try CP2KOutput(
            text: (text[..<start] + later + text[(end + 1)...]).joined(separator: "\n"), atoms: 2)
        #expect(abs(output.forces[1].z - 0.02 * 51.4220675) < 1e-6)
    }

    @Test(arguments: [
        (ExternalProgram.Outcome.End.timedOut, LabelFailure.Reason.timedOut), (.signalled(9), .killed),
        (.exited(137), .killed), (.exited(139), .crashed), (.exited(0), .incompleteOutput),
    ])
    func theEndOfTheProgramTellsWhy(end: ExternalProgram.Outcome.End, reason: LabelFailure.Reason) throws {
        let text = try String(fixture("cp2k-2023.1-lih.out").prefix(600))
        let outcome = ExternalProgram.Outcome(end: end, output: "out of memory\n", wallTime: 1)
        let error = failure { _ = try CP2KLabeller.read(text, outcome: outcome, atoms: 2, timeout: .seconds(60)) }
        #expect(error?.reason == reason)
        #expect(error?.quotedLines.isEmpty == false)
    }
}
