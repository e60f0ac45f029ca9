import Execution

extension ModelError {
    /// `Ge/VASP-PBE/disordered/500K`.
    static func series(_ run: PlannedRun) -> String {
        "\(run.material.rawValue)/\(run.level.name)/\(run.arrangement.rawValue)/\(PlannedRun.kelvins(run.temperature))"
    }

    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.runs(for: name), outcomes, by: Self.series)
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try points(of: study, outcomes).map { point in
            point.finding(
                "models/\(Self.series(point.runs[0].planned))/spread", RunSpread.ofLogarithms(point), unit: "")
        }
    }
}
