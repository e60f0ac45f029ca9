import Files
import Foundation
import Structures
import Testing

@testable import Labelling

/// A shell script in the place of CP2K that ends as the frame's name in `behaviour` tells: every way for a calculation to go wrong
/// reaches the queue as it would from the real program.
struct FaultyCP2KTests {
    /// The x of the second atom (Å) tells the script what to do, and the reason that the queue has to give.
    private static let behaviours: [(x: Double, reason: LabelFailure.Reason?)] = [
        (2.1, nil), (2.2, .notConverged), (2.3, .crashed), (2.4, .killed), (2.5, .timedOut), (2.6, .incompleteOutput),
        // Never reaches the program.
        (0.2, .badStructure), (2.7, nil),
    ]

    private static func script(fixtures: String) -> String {
        """
        #!/bin/sh
        # Arguments: -i INPUT -o OUTPUT
        case $(sed -n 's/^ *Si \\([0-9]\\.[0-9]\\).*/\\1/p' "$2") in
        2.2) cp \(fixtures)/cp2k-2023.1-not-converged.out "$4" ;;
        2.3) cp \(fixtures)/cp2k-2023.1-abort.out "$4"; exit 1 ;;
        2.4) head -c 600 \(fixtures)/cp2k-2023.1-lih.out > "$4"; kill -9 $$ ;;
        2.5) head -c 600 \(fixtures)/cp2k-2023.1-lih.out > "$4"; exec sleep 600 ;;
        2.6) head -c 1800 \(fixtures)/cp2k-2023.1-lih.out > "$4" ;;
        *) cp \(fixtures)/cp2k-2023.1-lih.out "$4" ;;
        esac
        """
    }

    private func frame(_ x: Double, second: Species = .silicon, dataset: String = "LiSi") throws -> QueuedFrame {
        QueuedFrame(
            dataset: dataset, source: "here", index: Int((10 * x).rounded()),
            structure: Structure(
                cell: try Cell(a: 6, b: 6, c: 6), species: [.lithium, second],
                positions: [SIMD3(0, 0, 0), SIMD3(x, 0, 0)]),
            typeMap: ["Li", second.symbol])
    }

    private func withQueue(_ body: (LabelQueue, _ folder: String) async throws -> Void) async throws {
        try await withDataFolder { library in
            let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"
            let executable = "\(library.folder)/cp2k.psmp"
            try AtomicFile.write(Self.script(fixtures: fixtures), to: executable)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: executable)
            let labeller = try CP2KLabeller(
                functionals: [.pbe],
                settings: CP2KSettings(
                    basis: [:], fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 100, relativeCutoff: 30, screening: 1e-8,
                    selfConsistency: 1e-5, kPoints: .gamma),
                execution: .init(timeout: .seconds(4)),
                installation: CP2KInstallation(executable: executable, mpiLauncher: nil, dataFolder: library.folder))
            let output = "\(library.folder)/out"
            try await body(LabelQueue(labeller: labeller, output: output, concurrency: 2), output)
        }
    }

    @Test func everyFrameEndsLabelledOrWithItsReason() async throws {
        try await withQueue { queue, output in
            let gold = try frame(2.1, second: #require(Species(symbol: "Au")), dataset: "LiAu")
            let frames = try Self.behaviours.map { try frame($0.x) } + [gold]
            let end = try await queue.run(frames)
            #expect(end.labelled == 2)
            #expect(end.failed == 7)
            #expect(end.remaining == 0)

            let reasons = Self.behaviours.map(\.reason) + [.missingElement]
            for (frame, reason) in zip(frames, reasons) {
                let kept = "\(output)/failures/PBE/\(FrameHash.hexadecimal(of: frame.structure))"
                guard let reason else {
                    #expect(!FileManager.default.fileExists(atPath: kept))
                    continue
                }
                let text = try InputFile.text(at: "\(kept)/reason.txt")
                #expect(text.contains("\n\(reason.rawValue): "), "\(text)")
                let reachesProgram = ![.badStructure, .missingElement].contains(reason)
                #expect(FileManager.default.fileExists(atPath: "\(kept)/PBE.inp") == reachesProgram)
                #expect(FileManager.default.fileExists(atPath: "\(kept)/PBE.out") == reachesProgram)
                // The lines of the output that tell why.
                #expect(text.contains("\n    | ") == reachesProgram, "\(text)")
            }
            let system = try LabelledSystem.load(path: "\(output)/PBE/LiSi")
            #expect(system.frameCount == 2)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(output)/work").isEmpty)

            // A second start finds the labels, leaves the failures alone and goes on with what is new.
            let second = try await queue.run(frames + [frame(2.8)])
            #expect(second.found == 2)
            #expect(second.failed == 7)
            #expect(second.labelled == 1)
        }
    }
}
