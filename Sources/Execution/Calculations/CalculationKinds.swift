import Files
import Foundation

/// The kinds of calculations that a program knows, by their names: what turns a file back into a calculation.
public struct CalculationKinds: Sendable {
    private let types: [String: any Calculation.Type]

    public init(_ types: [any Calculation.Type]) {
        self.types = Dictionary(types.map { ($0.kind, $0) }) { first, _ in
            preconditionFailure("two kinds of calculations are called \(first.kind)")
        }
    }

    /// A calculation from its JSON.
    ///
    /// - Parameter file: where the JSON stands, for errors.
    /// - Throws: `InputError` that names the file for an unknown kind, or the key at fault.
    public func decode(kind: String, json: Data, file: String?) throws -> any Calculation {
        try JSONText.decode(try type(of: kind, file: file), from: json, file: file)
    }

    /// A calculation from a file that names its kind, as `CalculationFile` and `Outcome` write them.
    ///
    /// - Throws: `InputError` for a file that is missing or damaged, or of a kind that is unknown here.
    public func read(_ file: String) throws -> any Calculation {
        let data = try InputFile.data(at: file)
        let kind = try JSONText.decode(KindOnly.self, from: data, file: file).kind
        return try calculation(try type(of: kind, file: file), in: data, file: file)
    }

    func type(of kind: String, file: String?) throws -> any Calculation.Type {
        guard let type = types[kind] else {
            throw InputError(
                file: file, problem: "calculations of kind '\(kind)' are unknown to this program",
                mend: "known here: \(types.keys.sorted().joined(separator: ", ")); use the version that wrote the file")
        }
        return type
    }

    private func calculation<C: Calculation>(_ type: C.Type, in data: Data, file: String) throws -> any Calculation {
        try JSONText.decode(CalculationFile<C>.self, from: data, file: file).calculation
    }

    private struct KindOnly: Decodable { var kind: String }
}

/// A calculation with its kind: what its key is the hash of, and what a worker is given as a file.
struct CalculationFile<C: Calculation>: Codable {
    var kind: String
    var calculation: C

    init(_ calculation: C) {
        kind = C.kind
        self.calculation = calculation
    }
}
