import Files
import Foundation
import Structures
import Testing

/// Every reader of files from outside, on files damaged at random: never a signal, a hang or more than the memory allowed, and
/// the exit code 0, or 2 (3 where a label fails).
///
/// A few mutants of a fixed seed; with `LGPS_FUZZ_MINUTES` (`make fuzz MINUTES=10`) as many as come in that time for each
/// format. Mutants that are not taken well are kept in `mutants` beside the built program.
@Suite(.serialized) struct MutationTests {
    private static let mutants = 25

    @Test(arguments: MutatedReader.all) func damagedFilesAreRefused(_ reader: MutatedReader) async throws {
        try await CommandLineTests.withFolder { folder in
            let path = "\(folder)/\(reader.file)"
            let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try Folder.make(parent)
            try reader.make(path)
            let whole = try InputFile.data(at: path)
            let first = try await Self.run(reader, in: folder)
            #expect(first.status == reader.statusOfWhole, "the sound file: \(first.errors)")
            var mutator = Mutator(seed: 20, stream: reader.name)
            let minutes = ProcessInfo.processInfo.environment["LGPS_FUZZ_MINUTES"].flatMap { Double($0) }
            let deadline = ContinuousClock.now + .seconds(60 * (minutes ?? 0))
            var (count, bad) = (0, 0)
            while minutes == nil ? count < Self.mutants : ContinuousClock.now < deadline {
                count += 1
                let mutant = mutator.mutant(of: whole, isText: reader.isText)
                try Folder.make(parent)
                try AtomicFile.write(mutant, to: path)
                let run = try await Self.run(reader, in: folder)
                guard !run.isClean(refusals: reader.refusals) else { continue }
                bad += 1
                let kept = try Self.keep(mutant, "\(reader.name) \(count) \(reader.file)")
                Issue.record(
                    "\(kept): \(run.status.map { "exit code \($0)" } ?? "a signal"): \(run.errors.suffix(300))")
                if bad >= 20 { break }
            }
            if minutes != nil { print("\(reader.name): \(count) mutants, \(bad) not taken well") }
        }
    }

    private static func run(_ reader: MutatedReader, in folder: String) async throws -> BoundedRun {
        let run = try await BoundedRun(reader.arguments + ["--threads", "1", "--quiet"], in: folder)
        try? FileManager.default.removeItem(atPath: "\(folder)/out")
        return run
    }

    private static func keep(_ mutant: Data, _ name: String) throws -> String {
        let folder = URL(fileURLWithPath: CommandLineTests.program).deletingLastPathComponent().path + "/mutants"
        try Folder.make(folder)
        let path = "\(folder)/\(name.map { "/ ".contains($0) ? "-" : String($0) }.joined())"
        try AtomicFile.write(mutant, to: path)
        return path
    }
}
