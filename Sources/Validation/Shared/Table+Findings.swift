import Reporting

extension Table.Cell {
    /// A finding's number with its origin, or why there is none; one that is not trusted is marked so.
    static func finding(_ finding: Finding) -> Table.Cell {
        switch finding.result {
        case .obstacle(let text): .text(text)
        case .value(let estimate):
            finding.distrust == nil
                ? .measured(estimate, origin: finding.origin)
                : .text("untrusted: \(estimate.text()) (\(finding.distrust ?? ""))")
        }
    }

    /// A row of findings; nil is empty, and a reason that several of them share is said once.
    static func findings(_ findings: [Finding?]) -> [Table.Cell] {
        findings.indices.map { place in
            guard let finding = findings[place] else { return .empty }
            let isSaid = finding.obstacle != nil && findings[..<place].contains { $0?.obstacle == finding.obstacle }
            return isSaid ? .empty : .finding(finding)
        }
    }
}
