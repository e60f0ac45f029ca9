/// What the scheduler gives back: for every calculation its outcome, or why there is none.
public struct Outcomes: Sendable {
    /// Where an outcome was computed.
    public enum Origin: String, Codable, Sendable {
        /// In the user's own store.
        case here
        /// By those who made this program.
        case shipped
    }

    private enum Entry {
        case outcome(any Sendable, Origin)
        case failure(CalculationFailure)
    }

    private var entries: [String: Entry] = [:]
    /// What a report must say about its sources: outcomes that were damaged.
    public var remarks: [String] = []

    public init() {}

    /// The outcome of a calculation that was asked for, or that another one needed.
    public subscript<C: Calculation>(calculation: C) -> Result<Outcome<C>, CalculationFailure> {
        let key = calculation.key
        switch entries[key] {
        case .outcome(let outcome as Outcome<C>, _): return .success(outcome)
        case .failure(let failure): return .failure(failure)
        default:
            return .failure(CalculationFailure(key: key, title: calculation.title, reason: "it was not asked for"))
        }
    }

    /// Whether a calculation of this key was asked for: then there is an outcome or a failure.
    public func contains(_ key: String) -> Bool { has(key) }

    /// Where the outcome was computed; nil where there is none.
    public func origin(of calculation: some Calculation) -> Origin? {
        if case .outcome(_, let origin) = entries[calculation.key] { origin } else { nil }
    }

    /// All failures, by title.
    public var failures: [CalculationFailure] {
        entries.values.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
            .sorted { ($0.title, $0.key) < ($1.title, $1.key) }
    }

    public mutating func insert<C: Calculation>(_ outcome: Outcome<C>, from origin: Origin) {
        insert(outcome, of: outcome.key, from: origin)
    }

    public mutating func insert(_ failure: CalculationFailure) { entries[failure.key] = .failure(failure) }

    /// Takes in those of another call that are not here yet.
    public mutating func merge(_ others: Outcomes) {
        entries.merge(others.entries) { own, _ in own }
        remarks += others.remarks.filter { !remarks.contains($0) }
    }

    mutating func insert(_ outcome: any Sendable, of key: String, from origin: Origin) {
        entries[key] = .outcome(outcome, origin)
    }

    func failure(of key: String) -> CalculationFailure? {
        if case .failure(let failure) = entries[key] { failure } else { nil }
    }

    func has(_ key: String) -> Bool { entries[key] != nil }
}
