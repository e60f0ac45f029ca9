import Files
import Foundation
import Structures

/// Two sets of labels of the same frames, compared: do the forces differ in scale, and is there an extra stress?
public struct LabelComparison: Sendable {
    /// The forces on the atoms of one element, or of all.
    public struct Forces: Equatable, Sendable {
        public var element: String
        /// Force components compared.
        public var count: Int
        /// s of F_ours ≈ s·F_theirs by least squares through the origin.
        public var slope: Double
        /// One standard error of the slope, from the scatter about it.
        public var slopeError: Double
        /// Root mean square of F_theirs, of F_ours − F_theirs, and of F_ours − s·F_theirs (eV/Å).
        public var magnitude: Double
        public var difference: Double
        public var residual: Double
    }

    /// The stress: difference ours − theirs over frames with both virials (GPa, tensile positive).
    public struct Stress: Equatable, Sendable {
        public var frames: Int
        /// Mean and standard deviation over frames of the mean normal stress' difference.
        public var offset: Double
        public var spread: Double
        /// Root mean square of the differences of all nine components after the offset is taken from the diagonal.
        public var residual: Double
    }

    public private(set) var frames = 0
    private var sums: [String: Sums] = [:]
    private var stresses: [(difference: Matrix3, mean: Double)] = []

    private struct Sums {
        var count = 0
        var ours = 0.0
        var theirs = 0.0
        var product = 0.0

        mutating func add(_ a: SIMD3<Double>, _ b: SIMD3<Double>) {
            count += 3
            ours += a.dot(a)
            theirs += b.dot(b)
            product += a.dot(b)
        }
    }

    public init() {}

    /// Adds one frame, labelled by both.
    public mutating func add(
        _ structure: Structure, ours: [SIMD3<Double>], theirs: [SIMD3<Double>], ourVirial: Matrix3?,
        theirVirial: Matrix3?
    ) {
        precondition(ours.count == structure.count && theirs.count == structure.count, "one force per atom")
        frames += 1
        for (atom, species) in structure.species.enumerated() {
            for key in [species.symbol, "all"] { sums[key, default: Sums()].add(ours[atom], theirs[atom]) }
        }
        guard let ourVirial, let theirVirial else { return }
        let difference = (-PhysicalConstants.pressureToGPa / structure.cell.volume) * (ourVirial - theirVirial)
        stresses.append((difference, difference.trace / 3))
    }

    /// By element, in the order of atomic numbers, then "all".
    public var forces: [Forces] {
        let elements = sums.keys.compactMap { Species(symbol: $0) }.sorted().map(\.symbol)
        return (elements + ["all"]).compactMap { key in
            guard let s = sums[key], s.theirs > 0 else { return nil }
            let slope = s.product / s.theirs
            let n = Double(s.count)
            let residual = max(0, s.ours - slope * s.product)
            return Forces(
                element: key, count: s.count, slope: slope,
                slopeError: (residual / (n - 1) / s.theirs).squareRoot(), magnitude: (s.theirs / n).squareRoot(),
                difference: (max(0, s.ours + s.theirs - 2 * s.product) / n).squareRoot(),
                residual: (residual / n).squareRoot())
        }
    }

    /// Nil when no frame has both virials.
    public var stress: Stress? {
        guard !stresses.isEmpty else { return nil }
        let n = Double(stresses.count)
        let offset = stresses.reduce(0) { $0 + $1.mean } / n
        let spread = (stresses.reduce(0) { $0 + ($1.mean - offset) * ($1.mean - offset) } / n).squareRoot()
        let squares = stresses.reduce(0.0) { sum, entry in
            let rest = entry.difference - offset * Matrix3.identity
            return sum + rest.rowMajor.reduce(0) { $0 + $1 * $1 }
        }
        return Stress(
            frames: stresses.count, offset: offset, spread: spread, residual: (squares / (9 * n)).squareRoot())
    }

    /// Pairs the frames of two collections of systems by their content.
    ///
    /// - Throws: `InputError` when they share no frame.
    public init(ours: [LabelledSystem], theirs: [LabelledSystem]) throws {
        self.init()
        var known: [String: (system: Int, frame: Int)] = [:]
        for (index, system) in ours.enumerated() {
            for frame in 0..<system.frameCount {
                known[FrameHash.hexadecimal(of: try system.structure(frame: frame))] = (index, frame)
            }
        }
        for system in theirs {
            for frame in 0..<system.frameCount {
                let structure = try system.structure(frame: frame)
                guard let match = known[FrameHash.hexadecimal(of: structure)] else { continue }
                add(
                    structure, ours: ours[match.system].forces(frame: match.frame), theirs: system.forces(frame: frame),
                    ourVirial: ours[match.system].virial(frame: match.frame), theirVirial: system.virial(frame: frame))
            }
        }
        guard frames > 0 else {
            throw InputError(
                problem: "the two sets of labels share no frame", mend: "label frames of the one set first")
        }
    }
}
