import Files

/// All findings of a run, by id.
public struct Findings: Codable, Equatable, Sendable {
    /// Sorted by id.
    public private(set) var all: [Finding]
    private var places: [String: Int] = [:]

    /// - Parameter findings: in any order; a finding that is given twice, equal in all, counts once.
    /// - Throws: `InputError` for an id that is none, and for two different findings of one id.
    public init(_ findings: [Finding] = []) throws {
        var byID: [String: Finding] = [:]
        for finding in findings {
            do {
                guard try FindingPattern(finding.id).wildcards == 0 else {
                    throw InputError(problem: "'\(finding.id)' is a pattern, not the id of a finding")
                }
            } catch let error as InputError {
                throw InputError(place: "findings", problem: error.problem, mend: error.mend)
            }
            if let other = byID[finding.id], other != finding {
                throw InputError(
                    place: finding.id, problem: "there are two different findings of this id",
                    mend: "each number must be found by one experiment only")
            }
            byID[finding.id] = finding
        }
        all = byID.values.sorted { $0.id < $1.id }
        places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0) })
    }

    public subscript(id: String) -> Finding? { places[id].map { all[$0] } }

    /// Those whose first component is `name`.
    public func family(_ name: String) -> [Finding] { all.filter { $0.id.hasPrefix(name + "/") } }

    /// Those of a pattern, sorted by id.
    ///
    /// - Throws: `InputError` as `FindingPattern`.
    public func matching(_ pattern: String) throws -> [Finding] { matching(try FindingPattern(pattern)) }

    /// Those of a pattern, sorted by id.
    public func matching(_ pattern: FindingPattern) -> [Finding] { all.filter { pattern.match($0.id) != nil } }

    // MARK: - findings.json

    private enum CodingKeys: String, CodingKey { case findings }

    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.container(keyedBy: CodingKeys.self).decode([Finding].self, forKey: .findings))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(all, forKey: .findings)
    }

    /// Reads `findings.json`.
    ///
    /// - Throws: `InputError` naming the file and what is wrong in it.
    public static func read(_ path: String) throws -> Findings {
        do {
            return try JSONText.read(Findings.self, from: path)
        } catch var error as InputError {
            error.file = error.file ?? path
            throw error
        }
    }

    /// Writes `findings.json`: the same findings make the same bytes.
    ///
    /// - Throws: `InputError` when the file cannot be written.
    public func write(to path: String) throws { try JSONText.write(self, to: path) }
}
