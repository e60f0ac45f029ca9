import Files
import Foundation
import Structures

/// Labels with VASP, run here by a command or elsewhere by the user.
///
/// Every frame has a folder `EXCHANGE/LEVEL/HASH` with its input. Without a command the frames wait there: calculate
/// them where VASP is, bring OUTCAR or vasprun.xml back, and start the queue again.
public struct VASPLabeller: Labeller {
    public let functionals: [Functional]
    public let settings: VASPSettings
    public let exchange: String
    /// A shell command that runs VASP in the frame's folder; nil when that is done elsewhere.
    public let command: String?
    /// Has ELEMENT/POTCAR; nil when the user brings POTCAR along.
    public let potcarFolder: String?
    public let timeout: Duration

    public init(
        functionals: [Functional], settings: VASPSettings = VASPSettings(), exchange: String, command: String? = nil,
        potcarFolder: String? = nil, timeout: Duration = .seconds(86400)
    ) {
        self.functionals = functionals
        self.settings = settings
        self.exchange = exchange
        self.command = command
        self.potcarFolder = potcarFolder
        self.timeout = timeout
    }

    public var levels: [String] { functionals.map(\.rawValue) }

    public func settings(of level: String) -> [String: String] {
        settings.summary.merging(["functional": level]) { $1 }
    }

    public func label(
        _ structure: Structure, levels: [String], folder: String
    ) async throws -> [String: Result<Label, LabelFailure>] {
        var results: [String: Result<Label, LabelFailure>] = [:]
        for level in levels {
            let hash = FrameHash.hexadecimal(of: structure)
            let place = "\(exchange)/\(level)/\(hash)"
            do {
                results[level] = .success(try await compute(structure, Functional(name: level), in: place))
            } catch let failure as LabelFailure {
                for name in ["INCAR", "KPOINTS", "POSCAR", "OUTCAR", "messages.txt"] {
                    try? FileManager.default.copyItem(atPath: "\(place)/\(name)", toPath: "\(folder)/\(level)-\(name)")
                }
                results[level] = .failure(failure)
            }
        }
        return results
    }

    private func compute(_ structure: Structure, _ functional: Functional, in folder: String) async throws -> Label {
        if let output = try read(structure, in: folder) { return Self.label(output, wallTime: 0) }
        try Folder.make(folder)
        try VASPInput(structure: structure, functional: functional, settings: settings)
            .write(to: folder, potcarFolder: potcarFolder)
        guard let command else {
            throw LabelFailure(
                .waiting, "calculate \(folder) with VASP, bring OUTCAR or vasprun.xml there, and start again")
        }
        let shell = ExternalProgram(executable: "/bin/sh", arguments: ["-c", command])
        let outcome = try await shell.run(in: folder, timeout: timeout)
        let messages = outcome.output.split(separator: "\n").suffix(4).map(String.init)
        switch outcome.end {
        case .timedOut: throw LabelFailure(.timedOut, "VASP was stopped after \(timeout)", quotedLines: messages)
        case .signalled(let signal):
            throw LabelFailure(.killed, "signal \(signal) ended VASP", quotedLines: messages)
        case .exited(let status):
            guard let output = try read(structure, in: folder) else {
                throw LabelFailure(
                    .crashed, "VASP ended with status \(status) and left no OUTCAR", quotedLines: messages)
            }
            return Self.label(output, wallTime: outcome.wallTime)
        }
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
        let difference = zip(output.cell.rowMajor, structure.cell.vectors.rowMajor).map { abs($0 - $1) }.max() ?? 0
        guard difference < 1e-3 else {
            throw LabelFailure(.badStructure, "the output in \(folder) belongs to another cell")
        }
        return output
    }

    private static func label(_ output: VASPOutput, wallTime: Double) -> Label {
        Label(
            energy: output.energy, forces: output.forces, virial: output.virial,
            selfConsistencySteps: output.selfConsistencySteps, wallTime: wallTime, code: output.version)
    }
}
