import Files
import Foundation
import Structures

/// The files of `dp test --detail PREFIX` (deepmd/infer/model_test/ener.py): labels beside predictions, one line per
/// frame or atom, in `PREFIX.e.out`, `.e_peratom.out`, `.f.out`, `.v.out` and `.v_peratom.out`.
///
/// Before each system's lines stands a comment with its name. Frames without virial have no line in the last two. The
/// files are written under temporary names until `finish()`.
public final class TestDetails {
    private enum Quantity: String, CaseIterable {
        case energy = "e"
        case energyPerAtom = "e_peratom"
        case force = "f"
        case virial = "v"
        case virialPerAtom = "v_peratom"

        var columns: String {
            func named(_ prefix: String, _ components: [String]) -> [String] { components.map { prefix + $0 } }
            let axes = ["x", "y", "z"]
            let components: [String] =
                switch self {
                case .energy, .energyPerAtom: ["e"]
                case .force: named("f", axes)
                case .virial, .virialPerAtom: axes.flatMap { a in axes.map { "v\(a)\($0)" } }
                }
            return (named("data_", components) + named("pred_", components)).joined(separator: " ")
        }
    }

    private let prefix: String
    private var streams: [Quantity: DetailStream] = [:]
    private var systems: [Quantity: String] = [:]

    /// - Throws: `InputError` when the files cannot be created.
    public init(prefix: String) throws {
        self.prefix = prefix
        for quantity in Quantity.allCases {
            streams[quantity] = try DetailStream(path: "\(prefix).\(quantity.rawValue).out")
        }
    }

    /// Adds one frame.
    public func add(_ predicted: Evaluation, reference system: LabelledSystem, frame: Int) throws {
        let atoms = Double(system.atomCount)
        let energies = [system.energies[frame], predicted.energy]
        try write(.energy, system, [energies])
        try write(.energyPerAtom, system, [energies.map { $0 / atoms }])
        try write(
            .force, system,
            zip(system.forces(frame: frame), predicted.forces).map { [$0.x, $0.y, $0.z, $1.x, $1.y, $1.z] })
        guard let virial = system.virial(frame: frame) else { return }
        let virials = virial.rowMajor + predicted.virial.rowMajor
        try write(.virial, system, [virials])
        try write(.virialPerAtom, system, [virials.map { $0 / atoms }])
    }

    /// Forces everything to disk and gives the files their names.
    public func finish() throws {
        for quantity in Quantity.allCases { try streams[quantity]!.finish() }
    }

    private func write(_ quantity: Quantity, _ system: LabelledSystem, _ rows: [[Double]]) throws {
        var text = ""
        if systems[quantity] != system.name {
            systems[quantity] = system.name
            text = "# \(system.name): \(quantity.columns)\n"
        }
        for row in rows {
            text += String(format: Self.format(columns: row.count), arguments: row)
        }
        try streams[quantity]!.write(text)
    }

    /// numpy.savetxt's default.
    private static func format(columns: Int) -> String {
        Array(repeating: "%.18e", count: columns).joined(separator: " ") + "\n"
    }
}

/// A text file that gets its name when it is complete.
private final class DetailStream {
    private let path: String
    private let temporary: String
    private let handle: FileHandle
    private var isFinished = false

    init(path: String) throws {
        self.path = path
        temporary = "\(path).tmp-\(ProcessInfo.processInfo.processIdentifier)"
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let handle = FileHandle(forWritingAtPath: temporary)
        else { throw Self.failure(path, "cannot be created") }
        self.handle = handle
    }

    deinit {
        try? handle.close()
        if !isFinished { unlink(temporary) }
    }

    func write(_ text: String) throws {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw Self.failure(path, "cannot be written")
        }
    }

    func finish() throws {
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw Self.failure(path, "cannot be forced to disk")
        }
        guard rename(temporary, path) == 0 else { throw Self.failure(path, "cannot be replaced") }
        isFinished = true
    }

    private static func failure(_ path: String, _ what: String) -> InputError {
        InputError(
            file: path, problem: "\(what): \(String(cString: strerror(errno)))",
            mend: "check that the folder exists, is writable and has space left")
    }
}
