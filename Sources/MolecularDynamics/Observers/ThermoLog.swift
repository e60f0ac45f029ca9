import Files
import Structures

/// Writes the thermo log: `thermo.txt`, a table for the eye, and `thermo.csv`, exact.
public final class ThermoLog: Observer {
    public let name = "thermo"
    public let interval: Int
    private let folder: String
    private var table: GrowingFile?
    private var csv: GrowingFile?

    public init(folder: String, interval: Int) {
        self.folder = folder
        self.interval = interval
    }

    public func begin(_ state: MDState) throws {
        table = try GrowingFile(creating: "\(folder)/thermo.txt")
        csv = try GrowingFile(creating: "\(folder)/thermo.csv")
        try table?.append(ThermoRecord.tableHead)
        try csv?.append(ThermoRecord.columns.joined(separator: ",") + "\n")
    }

    public func observe(_ sample: MDSample) throws {
        try table?.append(sample.thermo.tableLine)
        try csv?.append(sample.thermo.csv)
    }

    public func save(into encoder: inout CheckpointEncoder) throws {
        for file in [table, csv] {
            try file?.synchronise()
            encoder.encode(file?.length ?? 0)
        }
    }

    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        table = try GrowingFile(resuming: "\(folder)/thermo.txt", length: decoder.decodeInt())
        csv = try GrowingFile(resuming: "\(folder)/thermo.csv", length: decoder.decodeInt())
    }

    public func finish() throws {
        table = nil
        csv = nil
    }

    /// The records of a `thermo.csv`.
    ///
    /// - Throws: `InputError` naming the line that is not one of a thermo log.
    public static func read(_ path: String) throws -> [ThermoRecord] {
        let lines = try InputFile.text(at: path).split(separator: "\n")
        guard lines.first.map({ $0 == ThermoRecord.columns.joined(separator: ",") }) ?? false else {
            throw InputError(file: path, place: "line 1", problem: "the columns are not those of a thermo log")
        }
        return try lines.enumerated().dropFirst().map { index, line in
            try ThermoRecord(csv: line, file: path, place: "line \(index + 1)")
        }
    }
}

/// Keeps the thermo records in memory.
public final class ThermoRecorder: Observer {
    public let name: String
    public let interval: Int
    public private(set) var records: [ThermoRecord] = []

    public init(interval: Int, name: String = "thermo-recorder") {
        self.interval = interval
        self.name = name
    }

    public func begin(_ state: MDState) { records = [] }
    public func observe(_ sample: MDSample) { records.append(sample.thermo) }

    public func save(into encoder: inout CheckpointEncoder) {
        encoder.encode(records.map(\.csv).joined())
    }

    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        records = try decoder.decodeString().split(separator: "\n").map {
            try ThermoRecord(csv: $0, file: "checkpoint", place: name)
        }
    }
}
