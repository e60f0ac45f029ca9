import Files
import Reporting

/// What a check of everything has found.
public struct RegressionReport: Codable, Equatable, Sendable {
    /// One kind of number.
    public struct Check: Codable, Equatable, Sendable {
        public var name: String
        public var about: String
        public var movements: [Movement] = []
        /// Why nothing could be measured; nil when something was.
        public var obstacle: String?
        /// Wall time.
        public var seconds = 0.0
        /// What was found, with the tolerances that new baselines are given.
        var measurements: [Baseline] = []

        private enum CodingKeys: String, CodingKey { case name, about, movements, obstacle, seconds }

        public init(name: String, about: String) {
            self.name = name
            self.about = about
        }

        var failures: [Movement] { movements.filter(\.isFailure) }

        /// The number that moved most among those that count.
        var largest: Movement? {
            movements.filter { $0.inTolerances?.isNaN == false }.max { abs($0.inTolerances!) < abs($1.inTolerances!) }
        }
    }

    public var checks: [Check]

    public var failures: [Movement] { checks.flatMap(\.failures) }
    public var obstacles: [Check] { checks.filter { $0.obstacle != nil } }
    public var passes: Bool { failures.isEmpty && obstacles.isEmpty }

    /// Every check in a line, then everything that moved, in units of its tolerance.
    public var text: String {
        var parts = [overview]
        if !failures.isEmpty { parts.append(table) }
        parts += obstacles.map { "\($0.name) could not be measured: \($0.obstacle ?? "")" }
        parts.append(conclusion)
        return parts.joined(separator: "\n\n")
    }

    /// What changed, one line each, for the log of an update.
    public var words: [String] {
        failures.map(\.words) + obstacles.map { "\($0.name): not measured, baselines kept (\($0.obstacle ?? ""))" }
    }

    private var overview: String {
        var table = MarkdownTable([
            .init("check"), .init("numbers", .right), .init("not as they were", .right),
            .init("largest movement, in tolerances", .right), .init("of"), .init("s", .right),
        ])
        for check in checks {
            let largest = check.largest
            table.append([
                check.name, "\(check.movements.count)",
                check.obstacle == nil ? "\(check.failures.count)" : "not measured",
                largest?.inTolerances.map { Movement.signed($0) } ?? "–", largest?.id ?? "–",
                NumberText.fixed(check.seconds, decimals: 1),
            ])
        }
        return table.text
    }

    private var table: String {
        var table = MarkdownTable([
            .init("number"), .init("baseline", .right), .init("now", .right), .init("tolerance", .right),
            .init("moved, in tolerances", .right), .init("why that tolerance"),
        ])
        for movement in failures {
            let moved =
                switch movement.state {
                case .new: "new"
                case .gone: "not measured any more"
                case .kept, .moved: movement.inTolerances.map { Movement.signed($0, digits: 3) } ?? "another word"
                }
            table.append([
                movement.id, movement.text(movement.baseline), movement.text(movement.measured),
                movement.tolerance.map { NumberText.significant($0, digits: 2) } ?? "–", moved, movement.reason,
            ])
        }
        return table.text
    }

    private var conclusion: String {
        let count = checks.reduce(0) { $0 + $1.movements.count }
        if passes { return "All \(count) numbers are where they were." }
        var parts: [String] = []
        if !failures.isEmpty { parts.append("\(failures.count) of \(count) numbers are not as they were") }
        if !obstacles.isEmpty {
            parts.append("\(obstacles.count) of \(checks.count) checks could not be made")
        }
        return parts.joined(separator: ", ")
            + ". If the change is meant, write it down with lgps-bench check --update --because \"...\"."
    }
}
