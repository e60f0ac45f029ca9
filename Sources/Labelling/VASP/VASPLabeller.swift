import Files
import Foundation
import Structures

/// Labels with VASP, run here by a command or elsewhere by the user.
///
/// Every frame has a folder `EXCHANGE/LEVEL/HASH` with its input. Without a command the frames wait there: calculate
/// them where VASP is, bring OUTCAR or vasprun.xml back, and start again.
public struct VASPLabeller: Sendable {
    /// How the program is run; no label depends on it.
    public struct Execution: Equatable, Sendable {
        /// The folder with the frames' folders.
        public var exchange: String
        /// A shell command that runs VASP in the frame's folder; nil when that is done elsewhere.
        public var command: String?
        /// Has ELEMENT/POTCAR; nil when the user brings POTCAR along.
        public var potcarFolder: String?
        /// Limit of one calculation.
        public var timeout: Duration

        public init(
            exchange: String, command: String? = nil, potcarFolder: String? = nil, timeout: Duration = .seconds(86400)
        ) {
            self.exchange = exchange
            self.command = command
            self.potcarFolder = potcarFolder
            self.timeout = timeout
        }
    }

    public let settings: VASPSettings
    public let execution: Execution

    public init(settings: VASPSettings = VASPSettings(), execution: Execution) {
        self.settings = settings
        self.execution = execution
    }

    /// The folder of a frame.
    public func folder(of structure: Structure, _ functional: Functional) -> String {
        "\(execution.exchange)/\(functional.rawValue)/\(FrameHash.hexadecimal(of: structure))"
    }

    /// Whether a label can be asked for now. Where that needs a calculation elsewhere, its input is written.
    ///
    /// - Throws: `LabelFailure` for an element without POTCAR; `InputError` for files that cannot be written.
    public func prepare(_ structure: Structure, _ functional: Functional) throws -> Bool {
        let folder = folder(of: structure, functional)
        if execution.command != nil || Self.hasOutput(folder) { return true }
        try writeInput(structure, functional, to: folder)
        return false
    }

    /// Labels `structure` with one functional.
    ///
    /// - Parameter kept: a folder that takes copies of input and output when there is no label.
    /// - Throws: `LabelFailure` when there is no label, `.waiting` for a calculation elsewhere; `CancellationError` when
    ///   the task is cancelled.
    public func label(
        _ structure: Structure, _ functional: Functional, keepingFailuresIn kept: String, watch: ProcessWatch = .none
    ) async throws -> Label {
        let folder = folder(of: structure, functional)
        do {
            return try await compute(structure, functional, in: folder, watch)
        } catch let failure as LabelFailure {
            for name in ["INCAR", "KPOINTS", "POSCAR", "OUTCAR", "messages.txt"] {
                try? FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(kept)/\(name)")
            }
            throw failure
        }
    }

    private func compute(
        _ structure: Structure, _ functional: Functional, in folder: String, _ watch: ProcessWatch
    ) async throws -> Label {
        // Marks output of our own command that has not proved to be whole: it is made again.
        let mark = "\(folder)/.begun-here"
        let files = FileManager.default
        let isUnfinished = execution.command != nil && files.fileExists(atPath: mark)
        if isUnfinished {
            for name in Self.outputs { rename("\(folder)/\(name)", "\(folder)/\(name).unfinished") }
        } else if let output = try read(structure, in: folder) {
            return Self.label(output, wallTime: 0)
        }
        try writeInput(structure, functional, to: folder)
        guard let command = execution.command else {
            throw LabelFailure(
                .waiting, "calculate \(folder) with VASP, bring OUTCAR or vasprun.xml there, and start again")
        }
        try AtomicFile.write("", to: mark)
        let shell = ExternalProgram(executable: "/bin/sh", arguments: ["-c", command])
        let outcome = try await shell.run(in: folder, timeout: execution.timeout, watch: watch)
        let messages = outcome.output.split(separator: "\n").suffix(4).map(String.init)
        switch outcome.end {
        case .timedOut:
            throw LabelFailure(.timedOut, "VASP was stopped after \(execution.timeout)", quotedLines: messages)
        case .signalled(let signal):
            throw LabelFailure(.killed, "signal \(signal) ended VASP", quotedLines: messages)
        case .exited(let status):
            guard let output = try read(structure, in: folder) else {
                throw LabelFailure(
                    .crashed, "VASP ended with status \(status) and left no OUTCAR", quotedLines: messages)
            }
            try? files.removeItem(atPath: mark)
            return Self.label(output, wallTime: outcome.wallTime)
        }
    }

    private func writeInput(_ structure: Structure, _ functional: Functional, to folder: String) throws {
        try Folder.make(folder)
        try VASPInput(structure: structure, functional: functional, settings: settings)
            .write(to: folder, potcarFolder: execution.potcarFolder)
    }

    private static let outputs = ["OUTCAR", "vasprun.xml"]

    private static func hasOutput(_ folder: String) -> Bool {
        outputs.contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    }

    /// What lies in `folder`, OUTCAR first since it tells more when something is wrong; nil when there is neither file.
    private func read(_ structure: Structure, in folder: String) throws -> VASPOutput? {
        let output: VASPOutput
        if let data = FileManager.default.contents(atPath: "\(folder)/OUTCAR") {
            output = try OUTCAR.read(String(decoding: data, as: UTF8.self), atoms: structure.count)
        } else if let data = FileManager.default.contents(atPath: "\(folder)/vasprun.xml") {
            output = try Vasprun.read(data, atoms: structure.count)
        } else {
            return nil
        }
        return try output.matched(to: structure)
    }

    private static func label(_ output: VASPOutput, wallTime: Double) -> Label {
        Label(
            energy: output.energy, forces: output.forces, virial: output.virial,
            selfConsistencySteps: output.selfConsistencySteps, wallTime: wallTime, code: output.version)
    }
}
