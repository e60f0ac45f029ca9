import Files

/// The id of a finding, or of many: components between slashes, where `*` stands for any one component.
public struct FindingPattern: Hashable, Sendable, CustomStringConvertible {
    public let components: [String]

    /// - Throws: `InputError` without file or place for an id with an empty component or a character that ids do not have.
    public init(_ text: String) throws {
        components = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard components.count > 1, components.allSatisfy({ $0 == "*" || Self.isPlain($0) }), components[0] != "*"
        else {
            throw InputError(
                problem: "'\(text)' is no id of a finding",
                mend:
                    "give components between slashes, as diffusion/Ge/VASP-PBE/ordered/fixed/666K; * stands for one of them"
            )
        }
    }

    private init(components: [String]) { self.components = components }

    public var description: String { components.joined(separator: "/") }

    /// The first component.
    public var family: String { components[0] }

    /// How many components are open.
    public var wildcards: Int { components.count { $0 == "*" } }

    /// What stands in the place of each `*` in `id`; nil when `id` is of another form.
    public func match(_ id: String) -> [String]? {
        let others = id.split(separator: "/", omittingEmptySubsequences: false)
        guard others.count == components.count else { return nil }
        var found: [String] = []
        for (mine, other) in zip(components, others) {
            if mine == "*" { found.append(String(other)) } else if mine != other { return nil }
        }
        return found
    }

    /// The pattern with its `*` replaced, in order.
    ///
    /// - Parameter values: one for each `*`.
    public func filled(with values: [String]) -> FindingPattern {
        var rest = values[...]
        return FindingPattern(components: components.map { $0 == "*" ? rest.removeFirst() : $0 })
    }

    private static func isPlain(_ component: String) -> Bool {
        !component.isEmpty
            && component.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "+-.".contains(Character($0)))
            }
    }
}
