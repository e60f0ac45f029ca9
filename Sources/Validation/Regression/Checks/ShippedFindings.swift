import Execution
import Files
import Structures

/// What the shipped outcomes say: every finding of the quick profile that needs no timing.
struct ShippedFindings: RegressionCheck {
    let name = "findings"
    let about =
        "Every finding of `lgps-bench all --profile quick` and its error, drawn from reference-data/outcomes alone (timings and the "
        + "paper's data left out); where there is no number, the reason why not. What would need an outcome that is not shipped is left out."
    let reasons = [
        "arithmetic":
            "Findings are a pure function of stored outcomes in Double: the last digits depend on the mathematical library; a millionth "
            + "is far above these and far below any error of a finding.",
        "words": "The reason why there is no number.",
    ]

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        try bench.shipped.get().findings.all.flatMap { finding -> [Baseline] in
            let id = "\(name)/\(finding.id)"
            switch finding.result {
            case .value(let estimate):
                return Baseline.estimate(id, estimate, unit: finding.unit, relative: 1e-6, "arithmetic")
            case .obstacle(let text):
                return text.contains(ShippedStudy.notShipped) ? [] : [Baseline(id, .word(text), reason: "words")]
            }
        }
    }
}

/// What becomes of the paper's claims by these findings.
struct ShippedVerdicts: RegressionCheck {
    let name = "verdicts"
    let about = "The verdict on every claim of the paper, by the findings of the check `findings`."
    let reasons = ["words": "A verdict is reproduced, notReproduced, undecided or notBuilt: there is no nearly."]

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        try bench.shipped.get().verdicts.map {
            Baseline("\(name)/\($0.claim)", .word($0.decision.rawValue), reason: "words")
        }
    }
}

/// Findings and verdicts as they follow from the shipped outcomes, without computing any.
struct ShippedStudy {
    /// Why a finding has no number whose outcome nobody has put there.
    static let notShipped = "its outcome is not shipped"

    let findings: Findings
    let verdicts: [Verdict]

    /// - Throws: `InputError` for reference data that are missing or damaged.
    init(_ reference: ReferenceData) throws {
        // Timings are of the machine that runs.
        let experiments = Experiments.all.filter { $0.name != Speed().name }
        let options = StudyOptions(
            experiments: experiments, profile: "quick", materials: Material.allCases, models: [], data: [], store: "",
            output: "", seed: 1, cores: 1, isFresh: false, commandLine: [])
        let (study, _) = try StudyRunner(options, reference: reference).study()
        var outcomes = Outcomes()
        for experiment in experiments {
            for calculation in try experiment.needs(of: study) {
                try outcomes.insertStored(calculation, from: reference.outcomes)
            }
            for wish in try experiment.wishes(of: study) where reference.outcomes.contains(wish.key) {
                try outcomes.insertStored(wish, from: reference.outcomes)
            }
        }
        let found = outcomes
        findings = try Findings(experiments.flatMap { try $0.findings(of: study, from: found) })
        verdicts = try Judgement.verdicts(
            on: reference.claims(), findings: findings, references: reference.values(),
            families: Set(Experiments.all.flatMap(\.families)))
    }
}

extension Outcomes {
    /// The outcome that a store has, or that it has none.
    fileprivate mutating func insertStored<C: Calculation>(_ calculation: C, from store: OutcomeStore) throws {
        if let outcome = try store.outcome(of: calculation) {
            insert(outcome, from: .shipped)
        } else {
            insert(
                CalculationFailure(key: calculation.key, title: calculation.title, reason: ShippedStudy.notShipped)
            )
        }
    }
}
