/// Why a calculation has no outcome.
public struct CalculationFailure: Error, Codable, Equatable, Sendable, CustomStringConvertible {
    public var key: String
    public var title: String
    /// In a sentence: "the energy drifts by 3 eV".
    public var reason: String
    /// Of the log in its work folder.
    public var lastLines: [String]

    public init(key: String, title: String, reason: String, lastLines: [String] = []) {
        self.key = key
        self.title = title
        self.reason = reason
        self.lastLines = lastLines
    }

    public var description: String { "\(title): \(reason)" }
}
