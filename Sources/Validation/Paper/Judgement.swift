import Files

/// Claims against findings: a pure function, so that verdicts can be drawn anew from `findings.json` at any time.
public enum Judgement {
    /// One verdict for each claim, in their order.
    ///
    /// A claim is not reproduced when one of its tests fails, and reproduced when all pass. Findings that are missing, not
    /// trusted, without an error or too imprecise leave it undecided, whatever their values are.
    ///
    /// - Parameters:
    ///   - references: what tests may name besides findings: `ReferenceData.values()`.
    ///   - families: what the experiments of this program make.
    ///   - file: where the claims come from, for errors.
    /// - Throws: `InputError` naming the claim and the key at fault: an id of no known family or form, no tests, a number
    ///   that is none, two claims of one id.
    public static func verdicts(
        on claims: [Claim], findings: Findings, references: ReferenceValues, families: Set<FindingFamily>,
        file: String = "claims.json"
    ) throws -> [Verdict] {
        var seen: Set<String> = []
        for claim in claims {
            guard seen.insert(claim.id).inserted else {
                throw InputError(file: file, place: "claim '\(claim.id)'", problem: "there are two claims of this name")
            }
            try claim.check(references: references, file: file)
        }
        let bench = TestBench(findings: findings, references: references)
        return try claims.map { try verdict(on: $0, bench: bench, families: families) }
    }

    private static func verdict(on claim: Claim, bench: TestBench, families: Set<FindingFamily>) throws -> Verdict {
        var verdicts: [Verdict] = []
        // Codes that no finding is of would only say that there are none.
        let present = claim.codes.filter { code in
            bench.findings.all.contains { $0.id.contains("/\(code)-") }
        }
        for code in present.isEmpty ? claim.codes.suffix(1) : present {
            let tests = claim.tests(code: code)
            let evidence = try tests.flatMap(bench.evidence)
            let missing = try Set(
                tests.flatMap(\.names).filter { !ReferenceValues.isReference($0) }
                    .map { try FindingFamily.family(of: FindingPattern($0)) }
            ).subtracting(families)
            let hasNumbers = evidence.contains { $0.origin != nil }
            let usesCode = claim.tests.contains { $0.names.contains { $0.contains("{CODE}") } }
            verdicts.append(
                Verdict(
                    claim: claim.id, source: claim.source, statement: claim.statement,
                    decision: decision(evidence, isComplete: missing.isEmpty),
                    code: hasNumbers && usesCode ? code : nil, evidence: evidence,
                    missingFamilies: missing.map(\.rawValue).sorted(), decidedBy: claim.decidedBy))
        }
        return verdicts.first { [.reproduced, .notReproduced].contains($0.decision) }
            ?? verdicts.first { $0.origin != nil } ?? verdicts[verdicts.count - 1]
    }

    private static func decision(_ evidence: [Evidence], isComplete: Bool) -> Verdict.Decision {
        if evidence.contains(where: { $0.answer == .fails }) { return .notReproduced }
        if !isComplete { return .notBuilt }
        return evidence.allSatisfy { $0.answer == .passes } ? .reproduced : .undecided
    }
}
