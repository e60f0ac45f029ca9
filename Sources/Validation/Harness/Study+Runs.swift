import Calculations

extension Study {
    /// Experiments whose runs differ from others in what a label of a diffusion coefficient does not tell: the number of atoms,
    /// the time step, the model.
    static let experimentsOfTheirOwn: Set<String> = ["size", "timestep", "models"]

    /// The runs that diffusion coefficients of an experiment are made of: all runs of the profile that bear the label of one of
    /// its own, so that each coefficient is made of the same runs wherever it is shown. Of runs that go on from one another
    /// the longest counts.
    ///
    /// - Throws: `InputError` when the table of cells lacks a material.
    func diffusionRuns(for experiment: String) throws -> [PlannedRun] {
        let labels = Set(try runs(for: experiment).map(\.label))
        let all = try profile.dynamics.filter { !Self.experimentsOfTheirOwn.isSuperset(of: $0.experiments) }.flatMap(
            runs
        )
        .filter { labels.contains($0.label) }
        var places: [Dynamics: Int] = [:]
        var longest: [PlannedRun] = []
        for run in all {
            let place = places[run.calculation.withoutLength]
            if let place {
                if run.calculation.picoseconds > longest[place].calculation.picoseconds { longest[place] = run }
            } else {
                places[run.calculation.withoutLength] = longest.count
                longest.append(run)
            }
        }
        return longest
    }
}
