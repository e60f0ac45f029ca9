import Files
import Foundation

/// A folder of outcomes, each a whole file named by its key: the user's own, or one that is shipped with the program.
public struct OutcomeStore: Sendable {
    public let path: String

    /// The folder need not be there: then it holds nothing, and the first writing makes it.
    public init(_ path: String) { self.path = path }

    public func file(_ key: String) -> String { "\(path)/\(key).json" }

    /// Whether there is a file of this key, whole or not.
    public func contains(_ key: String) -> Bool { FileManager.default.fileExists(atPath: file(key)) }

    /// The keys of all outcomes, in order.
    ///
    /// - Throws: `InputError` when the folder cannot be read.
    public func keys() throws -> [String] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try InputFile.names(in: path).compactMap(Self.key)
    }

    /// The key in a name KEY.json; nil for other names.
    static func key(ofFile name: String) -> String? {
        guard name.hasSuffix(".json") else { return nil }
        let key = name.dropLast(5)
        return key.count == 64 && key.allSatisfy(\.isHexDigit) ? String(key) : nil
    }

    /// The outcome of a calculation, or nil where there is none.
    ///
    /// - Throws: `InputError` for a file that is truncated, of another kind, or not what its name says.
    public func outcome<C: Calculation>(of calculation: C) throws -> Outcome<C>? {
        try outcome(of: calculation, key: calculation.key)
    }

    /// As above, for those who know the key already.
    func outcome<C: Calculation>(of calculation: C, key: String) throws -> Outcome<C>? {
        guard contains(key) else { return nil }
        let outcome = try Outcome<C>.read(file(key))
        try verify(outcome, key: key)
        return outcome
    }

    /// - Throws: `InputError` when the file cannot be written (permission, disk full); what was there before stays.
    public func write<C: Calculation>(_ outcome: Outcome<C>) throws {
        try Folder.make(path)
        try outcome.write(to: file(outcome.key))
    }

    /// Checks a whole file whose type is not known beforehand.
    ///
    /// - Returns: the calculation, and where and when it was done.
    /// - Throws: `InputError` for a file that is missing, truncated, of an unknown kind, or not what its name says.
    @discardableResult
    public func check(_ key: String, kinds: CalculationKinds) throws -> (any Calculation, Provenance) {
        struct KindOnly: Decodable { var kind: String }
        let kind = try JSONText.read(KindOnly.self, from: file(key)).kind
        return try check(key, as: kinds.type(of: kind, file: file(key)))
    }

    private func check<C: Calculation>(_ key: String, as type: C.Type) throws -> (any Calculation, Provenance) {
        let outcome = try Outcome<C>.read(file(key))
        try verify(outcome, key: key)
        return (outcome.calculation, outcome.provenance)
    }

    private func verify<C: Calculation>(_ outcome: Outcome<C>, key: String) throws {
        guard outcome.key == key else {
            throw InputError(
                file: file(key),
                problem: "this is the outcome of key \(outcome.key.prefix(16))…, not of its file's name",
                mend: "remove the file; it will be computed again")
        }
    }

    /// Renames a damaged file to `KEY.json.damaged`, for those who look for the reason.
    ///
    /// - Throws: `InputError` when it cannot be renamed.
    func setAside(_ key: String) throws {
        guard rename(file(key), file(key) + ".damaged") == 0 else {
            throw InputError(
                file: file(key), problem: "the damaged file cannot be renamed: \(String(cString: strerror(errno)))",
                mend: "remove it; the outcome will be computed again")
        }
    }
}
