import Files
import Statistics

extension ClaimTest {
    /// - Throws: `InputError` whose place is the key at fault.
    func check() throws {
        func require(_ condition: Bool, _ key: String, _ problem: String, _ mend: String? = nil) throws {
            guard condition else { throw InputError(place: key, problem: problem, mend: mend) }
        }
        try require(
            significance >= 2 && significance.isFinite, "significance", "\(significance) decides too easily",
            "2 standard errors or more")
        try require(
            precision != nil || isPlain, "precision", "this key is missing",
            "give {\"relative\": 0.15} or {\"absolute\": 1e-12}, or \"plain\": true for numbers without an error")
        if let precision {
            let limit =
                switch precision {
                case .relative(let limit), .absolute(let limit): limit
                }
            try require(limit > 0 && limit.isFinite, "precision", "\(limit) is no error that a number can have")
        }
        for (key, operand) in operands {
            guard case .value(let value) = operand else { continue }
            try require(value.value.isFinite, key, "\(value.value) is no number")
            try require(
                value.standardError >= 0 && value.standardError.isFinite, key, "\(value.standardError) is no error")
            try require(
                quantity?.over == nil || value.value > 0, key, "a ratio cannot be compared with \(value.value)",
                "give a positive number")
        }
        if let quantity {
            try require(!quantity.of.isEmpty, "of", "no finding is named")
            try require(quantity.over == nil || quantity.minus == nil, "minus", "either over or minus, not both")
            let open = quantity.of.split(separator: "/").count { $0 == "*" }
            for name in names.dropFirst() {
                let wanted = name.split(separator: "/").count { $0 == "*" }
                try require(
                    wanted == 0 || wanted == open, "of", "'\(name)' has \(wanted) *, '\(quantity.of)' \(open)",
                    "each * of the one is filled with that of the other")
            }
        }
        try checkComparison(require)
    }

    private func checkComparison(_ require: (Bool, String, String, String?) throws -> Void) throws {
        func checkTolerance(_ tolerance: Double) throws {
            try require(tolerance > 0 && tolerance.isFinite, "tolerance", "\(tolerance) is no tolerance", nil)
            try require(
                quantity?.over == nil, "tolerance", "a ratio takes no tolerance", "use kind ratio with a range (within)"
            )
        }
        func checkRange(_ range: Range) throws {
            let ends = [range.lower, range.upper].compactMap { $0 }
            try require(
                !ends.isEmpty && ends.allSatisfy(\.isFinite) && (ends.count < 2 || ends[0] < ends[1]), "within",
                "this is no range", "give [lower, upper], one of which may be null")
            try require(quantity?.over == nil || ends.allSatisfy { $0 > 0 }, "within", "a ratio is positive", nil)
        }
        switch comparison {
        case .agrees(_, let tolerance): if let tolerance { try checkTolerance(tolerance) }
        case .differs(_, let tolerance): try checkTolerance(tolerance)
        case .lies(let range): try checkRange(range)
        case .ratio(let range):
            try require(quantity?.over != nil, "over", "this key is missing", "a ratio needs a denominator")
            try checkRange(range)
        case .exponent(let expected, let tolerance):
            try require(expected.isFinite, "expected", "\(expected) is no exponent", nil)
            try checkTolerance(tolerance)
            try require(quantity?.minus == nil, "minus", "an exponent is of findings, not of differences", nil)
            let open = quantity?.of.split(separator: "/").count { $0 == "*" } ?? 0
            try require(open <= 1, "of", "an exponent is over one *, here are \(open)", nil)
        case .ranking(let groups):
            try require(
                groups.count > 1 && groups.allSatisfy { !$0.isEmpty }, "descending", "nothing to rank",
                "give two groups of ids or more")
            try require(
                !groups.joined().contains { $0.contains("*") }, "descending", "a ranking names each of its findings",
                nil)
        case .exceeds, .below, .atLeast, .atMost: break
        }
    }

    /// The values that the quantity is made of or compared with, by their keys.
    private var operands: [(String, Operand)] {
        var operands: [(String, Operand)] = []
        if let over = quantity?.over { operands.append(("over", over)) }
        if let minus = quantity?.minus { operands.append(("minus", minus)) }
        switch comparison {
        case .agrees(let operand, _): operands.append(("with", operand))
        case .differs(let operand, _): operands.append(("from", operand))
        case .exceeds(let operand), .below(let operand), .atLeast(let operand), .atMost(let operand):
            operands.append(("than", operand))
        case .lies, .ratio, .exponent, .ranking: break
        }
        return operands
    }
}
