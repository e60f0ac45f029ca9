import Calculations
import Files
import MolecularDynamics
import Structures

/// Molecular dynamics runs of one protocol: what a row of a profile's `dynamics` says.
public struct DynamicsPlan: Codable, Equatable, Sendable {
    public enum Arrangement: String, Codable, Sendable { case ordered, disordered }

    public enum CellChoice: String, Codable, Sendable {
        /// The cell measured at 300 K, at every temperature.
        case fixed
        /// That cell, grown by the thermal expansion of experiment.
        case expanded
        /// Zero pressure.
        case npt
    }

    /// Names of the experiments that draw on these runs.
    public var experiments: [String]
    public var materials: [Material]
    /// Names of levels of theory (`CP2K-PBEsol`); nil takes each material's first.
    public var levels: [String]?
    public var arrangement: Arrangement
    public var cell: CellChoice
    public var supercell: Crystal.Supercell
    /// K.
    public var temperatures: [Double]
    /// Production (ps).
    public var picoseconds: Double
    /// Discarded before it (ps).
    public var equilibration: Double
    /// Before that, at a temperature at which the ions find their places sooner.
    public var annealing: Dynamics.Equilibration.Annealing?
    /// Random arrangements of M and P, each with a run of its own; 1 when nil.
    public var arrangements: Int?
    /// Runs of each crystal that differ in their velocities; 1 when nil.
    public var replicas: Int?
    /// A run by each model of the ensemble, not by the first only.
    public var everyModel: Bool?
    /// ps; 0.002 when nil.
    public var timestep: Double?
    /// Between positions that displacements are made of (ps); 0.1 when nil.
    public var sampleInterval: Double?
    /// Between samples of radial distributions and deviations (ps); 0.5 when nil.
    public var structureInterval: Double?
    /// Computed here even where the outcome is shipped, to see that both agree.
    public var isFresh: Bool?

    /// How `expanded` cells grow; `ThermalExpansion.measured` when nil.
    public var expansion: ThermalExpansion?

    func check(_ place: String) throws {
        try supercell.check("\(place).supercell")
        func check(_ isRight: Bool, _ key: String, _ value: some Any, _ mend: String) throws {
            guard isRight else {
                throw InputError(place: "\(place).\(key)", problem: "\(value) is not possible", mend: mend)
            }
        }
        try check(!materials.isEmpty, "materials", materials, "name at least one")
        for temperature in temperatures {
            try check((1...5000).contains(temperature), "temperatures", temperature, "give K, 1 to 5000")
        }
        try check(picoseconds > 0 && picoseconds.isFinite, "picoseconds", picoseconds, "give a positive length")
        try check(equilibration >= 0 && equilibration.isFinite, "equilibration", equilibration, "give ps, not negative")
        try check((arrangements ?? 1) > 0, "arrangements", arrangements ?? 1, "give a positive number")
        try check((replicas ?? 1) > 0, "replicas", replicas ?? 1, "give a positive number")
        let step = timestep ?? 0.002
        try check(step > 0 && step <= 0.02, "timestep", step, "give ps; 0.002 suits lithium")
        for (key, interval) in [("sampleInterval", sampleInterval), ("structureInterval", structureInterval)] {
            guard let interval else { continue }
            try check(
                interval >= step && interval <= picoseconds, key, interval, "give ps, from a step to the run's length")
        }
    }
}
