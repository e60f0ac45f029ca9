import Reporting

/// The paper's claims on which a run says nothing, with the reason.
enum OtherClaims {
    /// Claims that a part of this program answers; when they are absent, that part was not run.
    private static let answered: [String: Part] = [
        "accuracy-energy": .accuracy, "accuracy-force": .accuracy, "speed-nanosecond": .speed, "speed-linear": .speed,
        "convergence-high": .convergence, "convergence-low": .convergence, "experiment-overestimate": .experiment,
        "experiment-others": .experiment,
    ]

    /// Claims that a command of its own is about.
    private static let commands = ["lattice": "lattice"]

    static func list(reference: ReferenceData, spokenOf sections: [Section]) throws -> [Claim] {
        let spoken = Set(sections.flatMap(\.claims).map { $0.source + $0.statement })
        return try reference.claims().rows.filter { !spoken.contains($0.source + $0.statement) }.map { row in
            if let part = answered[row.id] {
                return Claim(
                    source: row.source, statement: row.statement, verdict: .notRun,
                    reason: "run `lgps-bench \(part.rawValue)` into the same output folder")
            }
            if let command = commands[row.id] {
                return Claim(
                    source: row.source, statement: row.statement, verdict: .notRun,
                    reason: "not part of a profile yet; `lgps-bench \(command)` computes it apart")
            }
            return Claim(
                source: row.source, statement: row.statement, verdict: .notBuilt,
                reason: "this program does not compute it yet")
        }
    }
}
