import Files
import Reporting
import Structures

/// How much is computed: every length, size and temperature of a run, as plain values.
///
/// Lengths are fixed for a profile, so that a run is the same on every machine; `DiffusionPlan.wallLimit` only guards
/// against machines far too slow for it.
public struct Profile: Codable, Equatable, Sendable {
    public var name: String
    public var accuracy: AccuracyPlan
    public var speed: SpeedPlan
    public var diffusion: DiffusionPlan

    public init(name: String, accuracy: AccuracyPlan, speed: SpeedPlan, diffusion: DiffusionPlan) {
        self.name = name
        self.accuracy = accuracy
        self.speed = speed
        self.diffusion = diffusion
    }

    /// Table V and Fig. 5.
    public struct AccuracyPlan: Codable, Equatable, Sendable {
        /// Every so many frames of each system; 1 takes all.
        public var frameStride: Int

        public init(frameStride: Int) { self.frameStride = frameStride }
    }

    /// Fig. 6.
    public struct SpeedPlan: Codable, Equatable, Sendable {
        public var supercells: [Supercell]
        public var threads: [Int]
        /// The median of so many timings counts.
        public var repeats: Int
        /// How long one timing takes at least (s).
        public var secondsPerTiming: Double

        public init(supercells: [Supercell], threads: [Int], repeats: Int, secondsPerTiming: Double) {
            self.supercells = supercells
            self.threads = threads
            self.repeats = repeats
            self.secondsPerTiming = secondsPerTiming
        }
    }

    /// The MD runs behind Fig. 7a and Fig. 13.
    public struct DiffusionPlan: Codable, Equatable, Sendable {
        public struct Temperature: Codable, Equatable, Sendable {
            public var kelvin: Double
            /// Production (ps), after the equilibration.
            public var picoseconds: Double
            /// Independent runs: other velocities and, when disordered, another arrangement.
            public var replicas: Int

            public init(_ kelvin: Double, picoseconds: Double, replicas: Int = 1) {
                self.kelvin = kelvin
                self.picoseconds = picoseconds
                self.replicas = replicas
            }
        }

        public var supercell: Supercell
        public var temperatures: [Temperature]
        /// Discarded before production (ps).
        public var equilibration: Double
        /// ps.
        public var timestep: Double
        /// Of the Nosé-Hoover chain (ps).
        public var thermostatTime: Double
        /// Between positions kept for the mean square displacement (ps).
        public var sampleInterval: Double
        /// Random M and P over the 4d sites.
        public var isDisordered: Bool
        /// The experimental cell, which holds at 300 K, grows linearly by this per kelvin; 0 keeps it.
        public var thermalExpansion: Double
        /// No replica goes on longer than this in all (s of wall time for the whole plan).
        public var wallLimit: Double

        public init(
            supercell: Supercell, temperatures: [Temperature], equilibration: Double, timestep: Double = 0.002,
            thermostatTime: Double = 0.2, sampleInterval: Double, isDisordered: Bool, thermalExpansion: Double,
            wallLimit: Double
        ) {
            self.supercell = supercell
            self.temperatures = temperatures
            self.equilibration = equilibration
            self.timestep = timestep
            self.thermostatTime = thermostatTime
            self.sampleInterval = sampleInterval
            self.isDisordered = isDisordered
            self.thermalExpansion = thermalExpansion
            self.wallLimit = wallLimit
        }
    }

    /// Repeats of the 50-atom cell along a, b and c.
    public struct Supercell: Codable, Equatable, Sendable {
        public var a: Int
        public var b: Int
        public var c: Int

        public init(_ a: Int, _ b: Int, _ c: Int) {
            self.a = a
            self.b = b
            self.c = c
        }

        public var atoms: Int { 50 * a * b * c }
        public var text: String { "\(a)×\(b)×\(c)" }
    }
}

extension Profile {
    /// Seconds: shows that every part runs, nothing else. For tests and CI.
    public static let smoke = Profile(
        name: "smoke", accuracy: AccuracyPlan(frameStride: 50),
        speed: SpeedPlan(
            supercells: [.init(1, 1, 1), .init(2, 2, 1), .init(2, 2, 2)], threads: [1, 2], repeats: 3,
            secondsPerTiming: 0.02),
        diffusion: DiffusionPlan(
            supercell: .init(1, 1, 1),
            temperatures: [.init(800, picoseconds: 2), .init(900, picoseconds: 2), .init(1000, picoseconds: 2)],
            equilibration: 0.2, sampleInterval: 0.02, isDisordered: true, thermalExpansion: 3.4e-5, wallLimit: 60))

    /// Within 15 minutes on two cores; each length is what a quarter of it needs for one jump per ion and more.
    public static let quick = Profile(
        name: "quick", accuracy: AccuracyPlan(frameStride: 1),
        speed: SpeedPlan(
            supercells: [
                .init(1, 1, 1), .init(2, 2, 1), .init(2, 2, 2), .init(3, 3, 2), .init(4, 4, 2), .init(4, 4, 4),
            ],
            threads: [1, 2], repeats: 5, secondsPerTiming: 0.3),
        diffusion: DiffusionPlan(
            supercell: .init(2, 2, 2),
            temperatures: [
                .init(500, picoseconds: 200), .init(600, picoseconds: 130), .init(666, picoseconds: 100),
                .init(800, picoseconds: 70), .init(1000, picoseconds: 50),
            ],
            equilibration: 4, sampleInterval: 0.1, isDisordered: true, thermalExpansion: 3.4e-5, wallLimit: 690))

    /// A night on a workstation.
    public static let standard = Profile(
        name: "standard", accuracy: AccuracyPlan(frameStride: 1), speed: quick.speed,
        diffusion: DiffusionPlan(
            supercell: .init(3, 3, 2),
            temperatures: [
                .init(400, picoseconds: 1000, replicas: 2), .init(500, picoseconds: 1000, replicas: 2),
                .init(666, picoseconds: 500, replicas: 2), .init(800, picoseconds: 200, replicas: 2),
                .init(1000, picoseconds: 200, replicas: 2),
            ],
            equilibration: 20, sampleInterval: 0.2, isDisordered: true, thermalExpansion: 3.4e-5, wallLimit: 12 * 3600))

    /// The paper's Table III: 900 atoms, 30 disordered arrangements, 10 ns at 300 K and 1 ns above.
    public static let paper = Profile(
        name: "paper", accuracy: AccuracyPlan(frameStride: 1), speed: quick.speed,
        diffusion: DiffusionPlan(
            supercell: .init(3, 3, 2),
            temperatures: [.init(300, picoseconds: 10_000, replicas: 30)]
                + [400, 500, 666, 800, 1000].map { .init($0, picoseconds: 1000, replicas: 30) },
            equilibration: 50, sampleInterval: 0.5, isDisordered: true, thermalExpansion: 3.4e-5, wallLimit: .infinity))

    public static let all = [smoke, quick, standard, paper]

    /// - Throws: `InputError` when there is no such profile.
    public static func named(_ name: String) throws -> Profile {
        guard let profile = all.first(where: { $0.name == name }) else {
            throw InputError(
                place: "--profile", problem: "there is no profile '\(name)'",
                mend: "choose one of \(all.map(\.name).joined(separator: ", "))")
        }
        return profile
    }
}
