import DeepPotential
import Dispatch
import Files
import MolecularDynamics
import Parallel
import Structures
import Synchronization

/// Errors of a model on labelled systems, one system after another, with the frames shared between threads.
///
/// Frames go in chunks of fixed size whose sums are added in order, so that the result does not depend on the number of
/// threads. Memory is that of one system.
struct FrameTester {
    /// Errors and parity densities of some frames.
    struct Result: Sendable {
        var report = TestReport()
        var parity = Parity()
        /// By element, the worst excess of neighbours over `sel`.
        var overflow: [String: NeighbourOverflow] = [:]

        mutating func merge(_ other: Result) {
            report.merge(other.report)
            parity.merge(other.parity)
            merge(other.overflow.values)
        }

        mutating func merge(_ found: some Sequence<NeighbourOverflow>) {
            for new in found where new.largest > overflow[new.element]?.largest ?? 0 { overflow[new.element] = new }
        }
    }

    /// Parity plots of energies, forces by element and virials.
    struct Parity: Sendable, Equatable {
        /// eV/atom.
        var energy = ParityDensity(width: 0.0005)
        /// eV/Å.
        var forces: [Species: ParityDensity] = [:]
        /// eV/atom.
        var virial = ParityDensity(width: 0.005)

        mutating func add(_ predicted: Evaluation, reference system: LabelledSystem, frame: Int, species: [Species]) {
            let atoms = Double(species.count)
            energy.add(reference: system.energies[frame] / atoms, prediction: predicted.energy / atoms)
            for (atom, force) in system.forces(frame: frame).enumerated() {
                for axis in 0..<3 {
                    forces[species[atom], default: Self.forceDensity].add(
                        reference: force[axis], prediction: predicted.forces[atom][axis])
                }
            }
            guard let reference = system.virial(frame: frame) else { return }
            for (label, value) in zip(reference.rowMajor, predicted.virial.rowMajor) {
                virial.add(reference: label / atoms, prediction: value / atoms)
            }
        }

        mutating func merge(_ other: Parity) {
            energy.add(other.energy)
            virial.add(other.virial)
            for (species, density) in other.forces { forces[species, default: Self.forceDensity].add(density) }
        }

        private static let forceDensity = ParityDensity(width: 0.02)
    }

    private static let chunk = 8

    private let workers: [Worker]

    init(model: DPModel, threads: Int) {
        workers = (0..<max(1, threads)).map { _ in Worker(CompressedEvaluator(model: model, threads: 1)) }
    }

    /// Tests every `stride`-th frame.
    ///
    /// - Throws: `InputError` naming system and frame; `Interrupted`.
    func test(_ system: LabelledSystem, stride: Int, stop: StopFlag) throws -> Result {
        let frames = Array(Swift.stride(from: 0, to: system.frameCount, by: stride))
        let chunks = Swift.stride(from: 0, to: frames.count, by: Self.chunk).map {
            Array(frames[$0..<min($0 + Self.chunk, frames.count)])
        }
        let species = try system.structure(frame: 0).species
        let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: chunks.count))
        let workers = workers
        DispatchQueue.concurrentPerform(iterations: workers.count) { index in
            for chunk in Swift.stride(from: index, to: chunks.count, by: workers.count) {
                let result = Swift.Result {
                    if stop.isRaised { throw Interrupted() }
                    return try workers[index].test(system, frames: chunks[chunk], species: species)
                }
                results.withLock { $0[chunk] = result }
                if case .failure = result { return }
            }
        }
        var total = Result()
        let finished = results.withLock { $0 }
        for case .failure(let error)? in finished { throw error }
        for result in finished {
            guard let part = try result?.get() else { preconditionFailure("a chunk was left out") }
            total.merge(part)
        }
        return total
    }

    /// An evaluator that one thread at a time uses.
    private final class Worker: @unchecked Sendable {
        private let evaluator: CompressedEvaluator
        private var evaluation = Evaluation()

        init(_ evaluator: CompressedEvaluator) { self.evaluator = evaluator }

        func test(_ system: LabelledSystem, frames: [Int], species: [Species]) throws -> Result {
            var result = Result()
            for frame in frames {
                do {
                    try evaluator.evaluate(try system.structure(frame: frame), into: &evaluation)
                } catch let error as InputError {
                    let place = ["frame \(frame)", error.place].compactMap { $0 }.joined(separator: ", ")
                    throw InputError(
                        file: error.file ?? system.name, place: place, problem: error.problem, mend: error.mend)
                }
                result.report.add(evaluation, species: species, reference: system, frame: frame)
                result.parity.add(evaluation, reference: system, frame: frame, species: species)
                result.merge(evaluator.overflow)
            }
            return result
        }
    }
}
