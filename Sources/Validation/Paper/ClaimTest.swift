import Files
import Statistics

/// One comparison of findings with each other, with a value of the paper, or with a measurement.
///
/// The `kind`s in `claims.json`, with x the quantity (`of`; `of`/`over`, compared by its logarithm; or `of` − `minus`), z the
/// significance, σ the standard error of the difference:
///
/// | kind | passes | fails | else |
/// | --- | --- | --- | --- |
/// | `agrees`, `with` | \|x − with\| ≤ zσ | else | |
/// | `agrees`, `with`, `tolerance` | \|x − with\| + zσ ≤ tolerance | \|x − with\| − zσ > tolerance | open |
/// | `agrees`, `within` [a, b] | a − zσ ≤ x ≤ b + zσ | else | |
/// | `differs`, `from`, `tolerance` | \|x − from\| ≥ zσ | \|x − from\| + zσ ≤ tolerance | open |
/// | `exceeds`/`below`, `than` | x − than ≥ zσ (≤ −zσ) | x − than ≤ −zσ (≥ zσ) | open |
/// | `atLeast`/`atMost`, `than` | x − than ≥ −zσ (≤ zσ) | else | |
/// | `ratio`, `over`, `within` [a, b] | a ≤ x − zσ and x + zσ ≤ b (two one-sided tests) | x + zσ < a or x − zσ > b | open |
/// | `exponent`, `expected`, `tolerance` | as `agrees` with a tolerance, for the power of what `*` stands for | | open |
/// | `ranking`, `descending` [group, ...] | each of a group exceeds each of the next | one is below one that it should exceed | open |
///
/// Nothing is decided, either way, unless every finding that enters is trusted, has an error, and that error is at most
/// `precision`; `plain` findings are numbers without errors, used as they are. Errors count as independent.
public struct ClaimTest: Equatable, Sendable {
    /// A value that is named, or written out.
    public enum Operand: Equatable, Sendable {
        /// The id of a finding (or pattern), or of a reference value.
        case named(String)
        case value(Estimate)
    }

    public struct Quantity: Equatable, Sendable {
        /// The id of a finding, or a pattern: then every finding of it must pass, and `*` in the other names of the test are
        /// what they are in this one.
        public var of: String
        public var over: Operand?
        public var minus: Operand?

        public init(_ of: String, over: Operand? = nil, minus: Operand? = nil) {
            self.of = of
            self.over = over
            self.minus = minus
        }
    }

    /// Both ends, either may be absent (null).
    public struct Range: Equatable, Sendable {
        public var lower: Double?
        public var upper: Double?

        public init(_ lower: Double?, _ upper: Double?) {
            self.lower = lower
            self.upper = upper
        }
    }

    /// The largest standard error with which a finding may decide.
    public enum Precision: Equatable, Sendable {
        case relative(Double)
        /// In the unit of the finding.
        case absolute(Double)
    }

    public enum Comparison: Equatable, Sendable {
        case agrees(with: Operand, tolerance: Double?)
        case lies(within: Range)
        case differs(from: Operand, tolerance: Double)
        case exceeds(Operand)
        case below(Operand)
        case atLeast(Operand)
        case atMost(Operand)
        case ratio(within: Range)
        case exponent(Double, tolerance: Double)
        case ranking([[String]])
    }

    public var comparison: Comparison
    /// What is compared; nil for a ranking, which names its findings itself.
    public var quantity: Quantity?
    /// The unit that the findings must have for the numbers of the test to mean anything; nil when it compares findings of
    /// one unit with each other.
    public var unit: String?
    /// nil only for plain numbers.
    public var precision: Precision?
    /// The findings are numbers without an error.
    public var isPlain: Bool
    /// Standard errors; at least 2.
    public var significance: Double

    public init(
        _ comparison: Comparison, of quantity: Quantity? = nil, unit: String? = nil, precision: Precision?,
        isPlain: Bool = false, significance: Double = 2
    ) {
        self.comparison = comparison
        self.quantity = quantity
        self.unit = unit
        self.precision = precision
        self.isPlain = isPlain
        self.significance = significance
    }

    /// All ids, patterns and names of reference values in the test.
    public var names: [String] {
        var names: [String] = []
        _ = renamed {
            names.append($0)
            return $0
        }
        return names
    }

    /// The test with each of its names changed.
    func renamed(_ change: (String) -> String) -> ClaimTest {
        func changed(_ operand: Operand) -> Operand {
            if case .named(let name) = operand { .named(change(name)) } else { operand }
        }
        var test = self
        if let quantity {
            test.quantity = Quantity(
                change(quantity.of), over: quantity.over.map(changed), minus: quantity.minus.map(changed))
        }
        test.comparison =
            switch comparison {
            case .agrees(let operand, let tolerance): .agrees(with: changed(operand), tolerance: tolerance)
            case .differs(let operand, let tolerance): .differs(from: changed(operand), tolerance: tolerance)
            case .exceeds(let operand): .exceeds(changed(operand))
            case .below(let operand): .below(changed(operand))
            case .atLeast(let operand): .atLeast(changed(operand))
            case .atMost(let operand): .atMost(changed(operand))
            case .ranking(let groups): .ranking(groups.map { $0.map(change) })
            case .lies, .ratio, .exponent: comparison
            }
        return test
    }
}
