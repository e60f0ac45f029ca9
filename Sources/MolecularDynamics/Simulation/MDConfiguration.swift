import Files
import Structures

/// How a simulation runs: everything but the atoms, the potential and the observers.
///
/// As JSON the keys are in snake case (`chain_length`); units are ps, K and GPa; unknown keys are errors.
public struct MDConfiguration: Equatable, Sendable {
    public enum Ensemble: String, Codable, Sendable { case nve, nvt, npt }

    public enum InitialVelocities: String, Codable, Sendable {
        /// Maxwell-Boltzmann at `temperature` from `seed`.
        case random
        /// Those that the structure carries.
        case structure
    }

    public enum Constants: String, Codable, Sendable {
        case codata2018
        /// Those of LAMMPS `units metal`, to compare trajectories.
        case lammps
    }

    public var ensemble = Ensemble.nvt
    /// K: of the thermostat and of random initial velocities.
    public var temperature: Double
    /// GPa, compression positive (NPT).
    public var pressure = 0.0
    /// ps.
    public var timestep = 0.002
    /// Steps in all; a resumed run goes on to this number.
    public var steps: Int
    public var seed: UInt64 = 1
    public var initialVelocities = InitialVelocities.random
    public var constants = Constants.codata2018
    public var thermostat = Thermostat()
    public var barostat = Barostat()
    public var limits = Limits()
    /// Steps between checkpoints.
    public var checkpointInterval = 1000
    public var output = MDOutput()

    public init(ensemble: Ensemble = .nvt, temperature: Double, steps: Int) {
        self.ensemble = ensemble
        self.temperature = temperature
        self.steps = steps
    }

    /// Values beyond these (K, GPa, ps) are slips of the keyboard, and leave no digits for the dynamics.
    static let highestTemperature = 1e6
    static let highestPressure = 1e6
    static let longestRelaxation = 1e6

    /// The temperature above which the run stops (K).
    public var temperatureLimit: Double { limits.temperature ?? max(10 * temperature, 3000) }

    /// - Throws: `InputError` that names the key of the first value out of range.
    public func validate() throws {
        func check(_ condition: Bool, _ key: String, _ value: some Any, _ mend: String) throws {
            guard condition else {
                throw InputError(place: key, problem: "\(value) is out of range", mend: mend)
            }
        }
        func positive(_ value: Double, _ key: String, unit: String) throws {
            try check(value > 0 && value.isFinite, key, value, "give a positive number of \(unit)")
        }
        if ensemble != .nve {
            try positive(temperature, "temperature", unit: "K")
        }
        try check(temperature >= 0 && temperature.isFinite, "temperature", temperature, "give K, not negative")
        try check(pressure.isFinite, "pressure", pressure, "give GPa")
        try positive(timestep, "timestep", unit: "ps; 0.002 suits lithium")
        try check(
            timestep <= 0.02, "timestep", timestep, "the unit is ps: 2 fs are 0.002; atoms fly apart above 0.02")
        try check(
            temperature <= Self.highestTemperature, "temperature", temperature, "nothing is as hot: give K")
        try check(abs(pressure) <= Self.highestPressure, "pressure", pressure, "nothing bears that: give GPa")
        try check(
            (0...Count.largest).contains(steps), "steps", steps,
            "give a number of steps that is not negative, up to \(Count.largest)")
        try positive(thermostat.relaxationTime, "thermostat.relaxation_time", unit: "ps")
        try check(
            ensemble == .nve || thermostat.relaxationTime >= 5 * timestep, "thermostat.relaxation_time",
            thermostat.relaxationTime, "give at least five timesteps; a hundred are usual")
        try check(
            thermostat.relaxationTime <= Self.longestRelaxation, "thermostat.relaxation_time",
            thermostat.relaxationTime, "give ps, up to \(Self.longestRelaxation)")
        try check(
            barostat.relaxationTime <= Self.longestRelaxation, "barostat.relaxation_time", barostat.relaxationTime,
            "give ps, up to \(Self.longestRelaxation)")
        try check(
            (1...20).contains(thermostat.chainLength), "thermostat.chain_length", thermostat.chainLength,
            "give 1 to 20; 3 is usual")
        try positive(barostat.relaxationTime, "barostat.relaxation_time", unit: "ps")
        try check(
            ensemble != .npt || barostat.relaxationTime >= 5 * timestep, "barostat.relaxation_time",
            barostat.relaxationTime, "give at least five timesteps; 250 are usual")
        if let limit = limits.temperature { try positive(limit, "limits.temperature", unit: "K") }
        try check(
            (1...Count.largest).contains(checkpointInterval), "checkpoint_interval", checkpointInterval,
            "give at least one step")
        try output.validate()
    }

    /// The integrator that this configuration asks for.
    public func integrator(for state: MDState) -> any Integrator {
        switch ensemble {
        case .nve:
            VelocityVerlet(timestep: timestep)
        case .nvt:
            NoseHoover(
                timestep: timestep, temperature: temperature, relaxationTime: thermostat.relaxationTime,
                chainLength: thermostat.chainLength, for: state)
        case .npt:
            MartynaTobiasKlein(
                timestep: timestep, temperature: temperature, pressure: pressure, coupling: barostat.coupling,
                thermostatTime: thermostat.relaxationTime, barostatTime: barostat.relaxationTime,
                chainLength: thermostat.chainLength, for: state)
        }
    }

    /// What a checkpoint must agree on with the run that continues it: key and value, in the order of the file.
    ///
    /// The number of steps, the limits, the checkpoints and the outputs may change.
    var identity: [(key: String, value: String)] {
        var items = [
            ("ensemble", ensemble.rawValue), ("timestep", "\(timestep)"), ("seed", "\(seed)"),
            ("temperature", "\(temperature)"), ("initial_velocities", initialVelocities.rawValue),
            ("constants", constants.rawValue),
        ]
        if ensemble != .nve {
            items.append(("thermostat.relaxation_time", "\(thermostat.relaxationTime)"))
            items.append(("thermostat.chain_length", "\(thermostat.chainLength)"))
        }
        if ensemble == .npt {
            items.append(("pressure", "\(pressure)"))
            items.append(("barostat.relaxation_time", "\(barostat.relaxationTime)"))
            items.append(("barostat.coupling", barostat.coupling.rawValue))
        }
        return items
    }
}

extension MDConfiguration.Constants {
    public var values: PhysicalConstants { self == .lammps ? .lammpsMetal : .codata2018 }
}
