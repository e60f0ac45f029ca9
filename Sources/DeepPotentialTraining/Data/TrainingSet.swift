import DeepPotential
import Files
import Foundation
import Parallel
import Structures

/// Labelled frames prepared for a descriptor: neighbours found, types mapped, labels checked.
public struct TrainingSet: Sendable {
    /// Name and frame range of every system, in the order given.
    public struct System: Sendable {
        public let name: String
        /// Its frames in `frames`.
        public let range: Range<Int>
        public let atomCount: Int
    }

    public let systems: [System]
    let frames: [TrainingFrame]
    /// By centre·types + neighbour: the shortest distance (Å); infinite when never within the cutoff.
    let shortest: [Double]
    /// By neighbour type: the most neighbours within the cutoff that any atom has.
    public let mostNeighbours: [Int]

    public var frameCount: Int { frames.count }

    /// - Parameter typeMap: the model's elements; the systems' own maps may order them differently.
    /// - Throws: `InputError` that names the system and frame for an element missing from `typeMap`, labels that are not
    ///   finite, a system without frames, or a structure that the neighbour list refuses.
    public init(_ systems: [LabelledSystem], typeMap: [String], cutoff: Double, pool: WorkerPool) throws {
        var jobs: [(system: Int, frame: Int)] = []
        var types: [[Int]] = []
        var ranges: [System] = []
        for (index, system) in systems.enumerated() {
            guard system.frameCount > 0, system.atomCount > 0 else {
                throw InputError(file: system.name, problem: "the system has no frames", mend: "leave it out")
            }
            types.append(try Self.types(of: system, in: typeMap))
            try Self.checkLabels(system)
            let first = jobs.count
            jobs += (0..<system.frameCount).map { (index, $0) }
            ranges.append(System(name: system.name, range: first..<jobs.count, atomCount: system.atomCount))
        }
        guard !jobs.isEmpty else {
            throw InputError(problem: "there are no frames to train on", mend: "name at least one system with frames")
        }
        self.systems = ranges
        let prepared = FrameSlots(count: jobs.count)
        pool.parallel(jobs.count) { job, _ in
            let (system, frame) = jobs[job]
            prepared[job] = Result {
                try Self.prepare(
                    systems[system], frame: frame, system: system, types: types[system], typeCount: typeMap.count,
                    cutoff: cutoff)
            }
        }
        frames = try (0..<jobs.count).map { try prepared[$0]!.get() }
        (shortest, mostNeighbours) = Self.extremes(frames, typeCount: typeMap.count)
    }

    /// By neighbour type: the most neighbours within this distance (Å), at most the set's cutoff, that any atom has.
    func mostNeighbours(within distance: Double) -> [Int] {
        let types = mostNeighbours.count
        var most = [Int](repeating: 0, count: types)
        for frame in frames {
            for atom in 0..<frame.atomCount {
                for neighbour in 0..<types {
                    // Sorted by distance.
                    let near = frame.geometry.pairRange(atom: atom, neighbour: neighbour, typeCount: types)
                        .prefix { Double(frame.geometry.separation(atom: atom, pair: $0).norm) < distance }
                    most[neighbour] = max(most[neighbour], near.count)
                }
            }
        }
        return most
    }

    private static func types(of system: LabelledSystem, in typeMap: [String]) throws -> [Int] {
        let translation = system.typeMap.map { typeMap.firstIndex(of: $0) }
        return try system.types.map { type in
            guard let mapped = translation[type] else {
                throw InputError(
                    file: system.name, place: "type_map.raw",
                    problem: "the model's type_map (\(typeMap.joined(separator: ", "))) lacks \(system.typeMap[type])",
                    mend: "add it to type_map, or leave this system out")
            }
            return mapped
        }
    }

    private static func checkLabels(_ system: LabelledSystem) throws {
        func check(_ values: [Double], per frame: Int, _ file: String) throws {
            guard let bad = values.firstIndex(where: { !$0.isFinite }) else { return }
            throw InputError(
                file: system.name, place: "\(file), frame \(bad / frame)",
                problem: "the label \(values[bad]) is not finite", mend: "remove the frame")
        }
        try check(system.energies, per: 1, "energy.npy")
        try check(system.forces, per: 3 * system.atomCount, "force.npy")
        if let virials = system.virials { try check(virials, per: 9, "virial.npy") }
    }

    private static func prepare(
        _ system: LabelledSystem, frame: Int, system index: Int, types: [Int], typeCount: Int, cutoff: Double
    ) throws -> TrainingFrame {
        do {
            let geometry = try FrameGeometry(
                try system.structure(frame: frame), types: types, typeCount: typeCount, cutoff: cutoff)
            let size = 3 * system.atomCount
            return TrainingFrame(
                geometry: geometry, types: types, energy: system.energies[frame],
                forces: system.forces[frame * size..<(frame + 1) * size].map { Float($0) },
                virial: system.virials.map { $0[9 * frame..<9 * frame + 9].map { Float($0) } }, system: index,
                index: frame)
        } catch var error as InputError {
            error.file = error.file ?? system.name
            error.place = ["frame \(frame)", error.place].compactMap { $0 }.joined(separator: ", ")
            throw error
        }
    }

    private static func extremes(_ frames: [TrainingFrame], typeCount: Int) -> (shortest: [Double], most: [Int]) {
        var shortest = [Double](repeating: .infinity, count: typeCount * typeCount)
        var most = [Int](repeating: 0, count: typeCount)
        for frame in frames {
            for (atom, centre) in frame.types.enumerated() {
                for neighbour in 0..<typeCount {
                    let entries = frame.geometry.pairRange(atom: atom, neighbour: neighbour, typeCount: typeCount)
                    most[neighbour] = max(most[neighbour], entries.count)
                    // Pairs of one type are sorted by distance.
                    guard let first = entries.first else { continue }
                    let r = Double(frame.geometry.separation(atom: atom, pair: first).norm)
                    let pair = centre * typeCount + neighbour
                    shortest[pair] = min(shortest[pair], r)
                }
            }
        }
        return (shortest, most)
    }
}

/// One result per job, written from any thread, each slot once.
private final class FrameSlots: @unchecked Sendable {
    private let slots: UnsafeMutableBufferPointer<Result<TrainingFrame, any Error>?>

    init(count: Int) {
        slots = .allocate(capacity: count)
        slots.initialize(repeating: nil)
    }

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    subscript(index: Int) -> Result<TrainingFrame, any Error>? {
        get { slots[index] }
        set { slots[index] = newValue }
    }
}
