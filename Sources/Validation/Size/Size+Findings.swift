import Execution

extension Size {
    /// `Ge/VASP-PBE/ordered/300K`: what a line of the figure shares.
    static func series(_ run: PlannedRun) -> String {
        "\(run.material.rawValue)/\(run.level.name)/\(run.arrangement.rawValue)/\(PlannedRun.kelvins(run.temperature))"
    }

    static func atoms(_ run: PlannedRun) -> Int { run.calculation.crystal.supercell.atoms }

    /// By crystal and number of atoms.
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.runs(for: name), outcomes) { "\(Self.series($0))/\(Self.atoms($0))" }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try points(of: study, outcomes).map { point in
            let run = point.runs[0].planned
            return point.finding("size/\(Self.series(run))/\(Self.atoms(run))", point.diffusion, unit: "m²/s")
        }
    }
}
