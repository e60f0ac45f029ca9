import Files
import Foundation
import Structures
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Draws figures with the gnuplot of the machine.
public enum Gnuplot {
    /// What became of a drawing.
    public enum Outcome: Equatable, Sendable {
        case drawn
        /// gnuplot is not there; script and data were written, and the message says how to get drawings.
        case missing(String)
    }

    public static let missingMessage =
        "gnuplot was not found, so the figures were written as scripts and data only; install it "
        + "(Debian: apt-get install gnuplot-nox) and run `gnuplot NAME.gp` there, or run the command again with --resume"

    /// Draws figures, as many at once as the machine has cores.
    ///
    /// - Throws: as the drawing of one.
    public static func draw(_ figures: [Figure], in folder: String, program: String = "gnuplot") async throws -> Outcome
    {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            var outcome = Outcome.drawn
            for (index, figure) in figures.enumerated() {
                if index >= ProcessInfo.processInfo.activeProcessorCount, let one = try await group.next(),
                    one != .drawn
                {
                    outcome = one
                }
                group.addTask { try await draw(figure, in: folder, program: program) }
            }
            for try await one in group where one != .drawn { outcome = one }
            return outcome
        }
    }

    /// Writes NAME.gp, NAME.dat, NAME.svg and NAME.png into `folder`, which exists.
    ///
    /// The drawings are made under a temporary folder and moved in place, so that none is ever half there.
    /// - Throws: `InputError` when a file cannot be written, `ExternalProgramFailure` when gnuplot reports an error.
    public static func draw(_ figure: Figure, in folder: String, program: String = "gnuplot") async throws -> Outcome {
        let input = GnuplotScript(figure)
        try AtomicFile.write(input.script, to: "\(folder)/\(figure.name).gp")
        try AtomicFile.write(input.data, to: "\(folder)/\(figure.name).dat")

        let scratch = try Folder.temporary(in: folder)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        try AtomicFile.write(input.script, to: "\(scratch)/\(figure.name).gp")
        try AtomicFile.write(input.data, to: "\(scratch)/\(figure.name).dat")
        let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
        let complaint: String
        let failed: Bool
        do {
            let result = try await run(
                executable, arguments: ["\(figure.name).gp"], workingDirectory: FilePath(scratch),
                output: .discarded, error: .string(limit: 1 << 16))
            complaint = result.standardError
            failed = !result.terminationStatus.isSuccess
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .missing(missingMessage)
        }
        guard !failed else {
            throw ExternalProgramFailure(
                program: program, problem: "failed on \(folder)/\(figure.name).gp: \(complaint.suffix(500))",
                mend: "gnuplot 5.4 or newer is needed; run the script by hand to see more")
        }
        for kind in ["svg", "png"] {
            guard let drawing = FileManager.default.contents(atPath: "\(scratch)/\(figure.name).\(kind)") else {
                throw ExternalProgramFailure(
                    program: program,
                    problem: "drew no \(kind) of \(folder)/\(figure.name).gp: \(complaint.suffix(500))",
                    mend: "install a gnuplot with the svg and pngcairo terminals (Debian: gnuplot-nox)")
            }
            try AtomicFile.write(drawing, to: "\(folder)/\(figure.name).\(kind)")
        }
        return .drawn
    }
}
