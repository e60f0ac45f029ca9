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
}
