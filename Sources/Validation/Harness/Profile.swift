import Files
import Structures

/// How much is computed: every length, size and temperature of a study, read from `reference-data/protocols/NAME.json`.
///
/// Lengths never depend on the machine's speed, so that a study is the same everywhere.
public struct Profile: Codable, Equatable, Sendable {
    public var name: String
    /// What it is for, in a sentence.
    public var purpose: String
    public var accuracy: AccuracyPlan
    public var speed: SpeedPlan
    public var lattice: LatticePlan
    /// nil leaves these out.
    public var locality: LocalityPlan?
    public var elastic: ElasticPlan?
    public var arrangements: ArrangementPlan?
    public var dynamics: [DynamicsPlan]
    /// Labels of CP2K are computed where experiments wish for them; false when nil.
    public var computesLabels: Bool?

    /// Table V and Fig. 5.
    public struct AccuracyPlan: Codable, Equatable, Sendable {
        /// Every so many frames of each system of the paper's data; 1 takes all. Our own sets are small and taken whole.
        public var stride: Int
    }

    /// Fig. 6.
    public struct SpeedPlan: Codable, Equatable, Sendable {
        public var supercells: [Crystal.Supercell]
        public var threads: [Int]
        /// The median of so many timings counts.
        public var repeats: Int
        /// How long one timing takes at least (s).
        public var secondsPerTiming: Double
    }

    /// Table II.
    public struct LatticePlan: Codable, Equatable, Sendable {
        public var materials: [Material]
        /// Largest force component (eV/Å) and stress component (GPa) at the end.
        public var force: Double
        public var stress: Double
    }

    /// Fig. 3.
    public struct LocalityPlan: Codable, Equatable, Sendable {
        public var materials: [Material]
        public var supercell: Crystal.Supercell
        /// Of each element; each takes six labels.
        public var sites: Int
        /// Of a site, each way (Å).
        public var displacement: Double
        /// Random displacements of all atoms beyond 6 Å from a Li, as a check, for DFT; models have eight times as many.
        public var draws: Int
        /// Their standard deviation, for each component (Å).
        public var amplitude: Double
    }

    /// Elastic constants, at the minima of `lattice`.
    public struct ElasticPlan: Codable, Equatable, Sendable {
        public var materials: [Material]
        public var strain: Double
        /// Largest force component of ions at rest (eV/Å).
        public var force: Double
    }

    /// Energies of arrangements of M and P.
    public struct ArrangementPlan: Codable, Equatable, Sendable {
        public var materials: [Material]
        public var supercell: Crystal.Supercell
        /// Cells, the ordered one among them.
        public var count: Int
        /// Largest force component of the relaxed cells (eV/Å).
        public var force: Double
    }

    /// The names of the profiles, shortest first.
    public static let names = ["smoke", "quick", "standard", "paper"]

    /// - Parameter name: one of `names`, or the path of a profile of one's own (`*.json`).
    /// - Throws: `InputError` when there is no such profile, or for what is impossible in it.
    public static func named(_ name: String, reference: ReferenceData) throws -> Profile {
        guard name.hasSuffix(".json") || names.contains(name) else {
            throw InputError(
                place: "--profile", problem: "there is no profile '\(name)'",
                mend: "choose one of \(names.joined(separator: ", ")), or name a JSON file")
        }
        let path = name.hasSuffix(".json") ? name : "\(reference.folder)/protocols/\(name).json"
        let profile = try JSONText.read(Profile.self, from: path)
        do {
            try profile.check()
        } catch var error as InputError {
            error.file = path
            throw error
        }
        return profile
    }

    private func check() throws {
        func positive(_ value: Double, _ place: String) throws {
            guard value > 0, value.isFinite else {
                throw InputError(place: place, problem: "\(value) is not possible", mend: "give a positive number")
            }
        }
        try positive(Double(accuracy.stride), "accuracy.stride")
        try positive(Double(speed.repeats), "speed.repeats")
        try positive(speed.secondsPerTiming, "speed.secondsPerTiming")
        for supercell in speed.supercells { try supercell.check("speed.supercells") }
        for threads in speed.threads { try positive(Double(threads), "speed.threads") }
        if let locality {
            try locality.supercell.check("locality.supercell")
            try positive(Double(locality.sites), "locality.sites")
            try positive(locality.displacement, "locality.displacement")
            try positive(locality.amplitude, "locality.amplitude")
        }
        if let elastic {
            try positive(elastic.strain, "elastic.strain")
            try positive(elastic.force, "elastic.force")
        }
        if let arrangements {
            try arrangements.supercell.check("arrangements.supercell")
            try positive(Double(arrangements.count - 1), "arrangements.count - 1")
            try positive(arrangements.force, "arrangements.force")
        }
        for (index, plan) in dynamics.enumerated() { try plan.check("dynamics[\(index)]") }
    }
}

extension Crystal.Supercell {
    /// - Throws: `InputError` when it has no atoms.
    func check(_ place: String) throws {
        guard a > 0, b > 0, c > 0 else {
            throw InputError(place: place, problem: "\(text) is no supercell", mend: "give positive numbers of cells")
        }
    }
}
