import Execution

extension Size {
    /// `Ge/VASP-PBE/ordered/300K`: what a line of the figure shares.
    static func series(_ run: PlannedRun) -> String {
        "\(run.material.rawValue)/\(run.level.name)/\(run.arrangement.rawValue)/\(PlannedRun.kelvins(run.temperature))"
    }

    /// `Ge/VASP-PBE/ordered/300K/900`.
    static func label(_ run: PlannedRun) -> String { "\(series(run))/\(atoms(run))" }

    static func atoms(_ run: PlannedRun) -> Int { run.calculation.crystal.supercell.atoms }

    /// By crystal and number of atoms.
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.runs(for: name), outcomes) { Self.label($0) }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try points(of: study, outcomes).map { point in
            point.finding("size/\(Self.label(point.runs[0].planned))", point.diffusion, unit: "m²/s")
        }
    }
}
