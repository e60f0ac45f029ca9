import Reporting

/// What became of one number since its baseline was written.
public struct Movement: Codable, Equatable, Sendable {
    public enum State: String, Codable, Sendable {
        /// Within the tolerance, or moved in the direction that does not count.
        case kept
        case moved
        /// Measured, but without a baseline.
        case new
        /// A baseline that nothing measures any more.
        case gone
    }

    public var id: String
    public var unit: String
    public var state: State
    /// nil for what is new.
    public var baseline: Baseline.Value?
    /// nil for what is gone.
    public var measured: Baseline.Value?
    public var tolerance: Double?
    /// Why the tolerance is what it is, in words.
    public var reason: String
    /// Measured less baseline, in tolerances; nil where one is missing or a word.
    public var inTolerances: Double?

    /// - Parameters:
    ///   - baseline: what the file says; nil when the number is new.
    ///   - measurement: what was found; nil when nothing was.
    ///   - reasons: words by name, of the file and of the check.
    init(_ baseline: Baseline?, _ measurement: Baseline?, reasons: [String: String]) {
        precondition(baseline != nil || measurement != nil, "a movement of something")
        let known = baseline ?? measurement!
        id = known.id
        unit = known.unit
        self.baseline = baseline?.value
        measured = measurement?.value
        tolerance = known.tolerance
        reason = reasons[known.reason] ?? known.reason
        switch (baseline?.value, measurement?.value) {
        case (nil, _): state = .new
        case (_, nil): state = .gone
        case (.number(let old), .number(let new)):
            let distance = (new - old) / (known.tolerance ?? .leastNonzeroMagnitude)
            inTolerances = distance
            // Written such that NaN counts as moved.
            let isKept = known.counts == .fall ? distance >= -1 : abs(distance) <= 1
            state = isKept ? .kept : .moved
        case (let old, let new): state = old == new ? .kept : .moved
        }
    }

    /// Whether the check fails by it.
    public var isFailure: Bool { state != .kept }

    /// `accuracy/.../force: 22.74 meV/Å → 23.91 meV/Å (+1.17, 117 tolerances)`.
    public var words: String {
        let (old, new) = (text(baseline), text(measured))
        switch state {
        case .new: return "\(id): new, \(new)"
        case .gone: return "\(id): not measured any more, was \(old)"
        case .kept, .moved:
            guard let inTolerances, case .number(let a)? = baseline, case .number(let b)? = measured else {
                return "\(id): \(old) → \(new)"
            }
            return "\(id): \(old) → \(new) (\(Self.signed(b - a)), \(Self.signed(inTolerances, digits: 3)) tolerances)"
        }
    }

    func text(_ value: Baseline.Value?) -> String {
        switch value {
        case nil: "–"
        case .word(let word): word
        case .number(let number):
            [Self.number(number, tolerance: tolerance), unit].filter { !$0.isEmpty }.joined(
                separator: " ")
        }
    }

    /// With as many digits as a tenth of the tolerance wants.
    static func number(_ value: Double, tolerance: Double?) -> String {
        guard let tolerance, value.isFinite, value != 0 else { return NumberText.significant(value, digits: 3) }
        var (digits, unit) = (1, abs(value))
        while unit > tolerance, digits < 12 { (digits, unit) = (digits + 1, unit / 10) }
        return NumberText.significant(value, digits: max(2, digits))
    }

    static func signed(_ value: Double, digits: Int = 2) -> String {
        (value > 0 ? "+" : "") + NumberText.significant(value, digits: digits)
    }
}
