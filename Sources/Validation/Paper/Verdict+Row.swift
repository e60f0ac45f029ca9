import Reporting

extension Verdict.Decision {
    public var word: String {
        switch self {
        case .reproduced: "reproduced"
        case .notReproduced: "not reproduced"
        case .undecided: "undecided"
        case .notBuilt: "not computed yet"
        }
    }

    public var sign: String {
        switch self {
        case .reproduced: "✔"
        case .notReproduced: "✘"
        case .undecided: "?"
        case .notBuilt: "–"
        }
    }
}

extension Verdict {
    /// For the page's table of verdicts.
    public var row: VerdictRow {
        VerdictRow(
            source: source, statement: statement, sign: decision.sign, word: decision.word, reason: reason,
            remedy: remedy, origin: origin)
    }

    /// The numbers behind the decision; or what is missing and what is known so far.
    public var reason: String {
        func texts(_ answer: Evidence.Answer) -> String? {
            var texts: [String] = []
            for item in evidence where item.answer == answer && !texts.contains(item.markdown) {
                texts.append(item.markdown)
            }
            guard !texts.isEmpty else { return nil }
            let rest = texts.count > 3 ? ["and \(texts.count - 3) more"] : []
            return (texts.prefix(3) + rest).joined(separator: "; ")
        }
        let labels = code.map { "labels of \($0): " } ?? ""
        switch decision {
        case .reproduced: return labels + (texts(.passes) ?? "")
        case .notReproduced: return labels + (texts(.fails) ?? "")
        case .notBuilt:
            return "no experiment of this program finds \(missingFamilies.joined(separator: ", ")) yet"
        case .undecided:
            var parts = [texts(.open) ?? ""]
            if let passed = texts(.passes) { parts.append("so far passed: \(passed)") }
            return labels + parts.joined(separator: ". ")
        }
    }

    /// The run that would decide it and its cost; nil where it is decided or nothing could.
    public var remedy: String? {
        guard decision == .undecided else { return nil }
        let hours = NumberText.significant(decidedBy.hours, digits: 2)
        let how =
            decidedBy.isPossible ? "`\(decidedBy.command)`" : "an experiment that this program does not have yet"
        return "\(how), about \(hours) h on two cores for what it needs"
    }
}

extension Evidence {
    /// Its text with the ids of findings as code, since their wildcards would be emphasis.
    fileprivate var markdown: String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let id = word.last.map { ",;:.".contains($0) } ?? false ? word.dropLast() : word
            return findings.contains(String(id)) ? "`\(id)`\(word.dropFirst(id.count))" : String(word)
        }.joined(separator: " ")
    }
}

extension Claim.DecidingRun {
    /// Whether the command is one of this program's; those of experiments to come stand in the claims already.
    var isPossible: Bool {
        let name = command.split(separator: " ").dropFirst().first.map(String.init)
        return name == "relax" || Experiments.all.contains { $0.name == name }
    }
}
