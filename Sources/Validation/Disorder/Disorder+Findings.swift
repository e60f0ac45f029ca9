import Execution

extension Disorder {
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.diffusionRuns(for: name), outcomes)
    }

    /// Each crystal ordered and, second, disordered.
    static func pairs(_ points: [DiffusionPoint]) -> [DiffusionPair] {
        DiffusionPair.all(points, where: { $0.arrangement == .ordered }, second: { $0.arrangement = .disordered })
    }

    /// `Ge/VASP-PBE/expanded/500K`: what both of a pair are.
    static func label(_ pair: DiffusionPair) -> String {
        let run = pair.first.runs[0].planned
        return "\(run.material.rawValue)/\(run.level.name)/\(run.cell.rawValue)/\(PlannedRun.kelvins(run.temperature))"
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        let points = try points(of: study, outcomes)
        let ordered = points.filter { $0.runs[0].planned.arrangement == .ordered }
        var findings = points.flatMap(\.findings)
        // Those of disordered crystals are found in the experiment of Fig. 13.
        findings += try DiffusionLine.lines(ordered).flatMap(\.findings)
        for pair in Self.pairs(points) {
            let label = Self.label(pair)
            findings.append(pair.finding("disorder/\(label)/ratio", pair.ratio, unit: ""))
            if let spread = RunSpread.ofLogarithms(pair.second) {
                findings.append(pair.second.finding("disorder/\(label)/spread", spread, unit: ""))
            }
        }
        return findings
    }
}
