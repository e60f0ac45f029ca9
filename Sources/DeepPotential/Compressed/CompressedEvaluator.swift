import Files
import Foundation
import Parallel
import Structures

/// The fast evaluator of a Deep Potential: tabulated embedding nets, Float32 kernels, blocks of atoms, threads.
///
/// Agrees with `ReferenceEvaluator` within 0.05 meV/atom and 2 meV/Å. Results are bit-identical for any number of
/// threads and do not depend on earlier calls. Where an atom has more neighbours than `sel`, all of them are counted
/// (DeePMD-kit drops the farthest) and the excess is reported in `overflow`.
public final class CompressedEvaluator: Potential {
    public let model: DPModel
    /// Threads that share one evaluation.
    public var threads: Int { pool.threads }
    /// Neighbours beyond `sel` in the structure evaluated last.
    public private(set) var overflow: [NeighbourOverflow] = []
    /// How often the neighbour list has been made.
    public private(set) var listBuilds = 0

    private let pool: WorkerPool
    /// Owns the memory that the kernels point into.
    private let compressed: CompressedModel
    /// By type of centre.
    private let kernels: [TypeKernels]
    private var list: SkinList
    /// The list's lattice translations (Å).
    private var shifts = Buffer<SIMD3<Double>>()
    private var plan = BlockPlan(typeStarts: [0])
    private var workers: [ThreadMemory] = []
    private var groups: [GroupResult] = []

    /// - Parameters:
    ///   - threads: workers for one evaluation, the caller's thread included.
    ///   - skin: how far the neighbour list reaches beyond the cutoff (Å).
    public convenience init(model: DPModel, threads: Int = 1, skin: Double = 1.5) {
        self.init(CompressedModel(model, threads: threads), threads: threads, skin: skin)
    }

    /// Of a model whose tables are made already, and may be used by other evaluators at the same time.
    public init(_ compressed: CompressedModel, threads: Int = 1, skin: Double = 1.5) {
        self.compressed = compressed
        model = compressed.model
        kernels = compressed.kernels
        pool = WorkerPool(threads: threads)
        list = SkinList(
            cutoff: model.descriptor.cutoff, skin: skin, typeCount: model.typeMap.count, pool: pool)
    }

    public func invalidateNeighbourList() { list.invalidate() }

    public func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        if try list.update(structure, model: model) {
            listBuilds += 1
            makePlan(atomCount: structure.count)
            reserveWorkers()
        }
        placeShifts(structure.cell)
        evaluation.resize(count: structure.count)
        structure.positions.withUnsafeBufferPointer { positions in
            evaluation.atomicEnergies.withUnsafeMutableBufferPointer { energies in
                list.withPointers {
                    evaluateGroups(
                        BlockInput(list: $0, positions: positions, shifts: shifts.base, energies: energies))
                }
            }
        }
        try checkDistances(structure)
        addForces(into: &evaluation.forces)
        evaluation.virial = groups.reduce(.zero) { $0 + $1.totalVirial }
        evaluation.energy = evaluation.atomicEnergies.reduce(0, +)
        overflow = totalOverflow
    }

    /// Blocks and groups for a new list.
    private func makePlan(atomCount: Int) {
        let plan = BlockPlan(typeStarts: list.typeStarts)
        if plan == self.plan, !workers.isEmpty, groups.first?.atomCount == atomCount { return }
        self.plan = plan
        groups = plan.groups.map { _ in GroupResult(atomCount: atomCount, model: model) }
    }

    private func reserveWorkers() {
        let rows = plan.largestBlock
        if let size = workers.first?.worker.size, size.rows >= rows, size.longestRow >= list.longest { return }
        let size = BlockWorker.Size(
            rows: rows,
            // A little more than needed: the longest rows of later lists scatter about this one's.
            longestRow: list.longest + list.longest / 16, paddedWidth: compressed.paddedWidth,
            dimension: kernels[0].fitting.inputs, threeBodyWidth: model.threeBody?.width ?? 0, types: kernels.count,
            fittingScratch: kernels.map { $0.fitting.scratchCount(rows: rows) }.max() ?? 0)
        workers = (0..<pool.threads).map { _ in ThreadMemory(BlockWorker(size)) }
    }

    private func placeShifts(_ cell: Cell) {
        shifts.reserve(list.shifts.count)
        for (index, shift) in list.shifts.enumerated() { shifts.base[index] = SIMD3<Double>(shift) * cell.vectors }
    }

    /// Leaves energies in `input` and all else in `groups`.
    private func evaluateGroups(_ input: BlockInput) {
        let (plan, groups, workers, kernels) = (plan, groups, workers, kernels)
        pool.parallel(plan.groups.count) { group, thread in
            groups[group].reset()
            for block in plan.blocks[plan.groups[group]] {
                workers[thread].worker.evaluate(
                    block.rows, input: input, kernels: kernels[block.type], result: groups[group])
            }
        }
    }

    /// - Throws: `InputError` naming the pair when two atoms are nearer than the table reaches.
    private func checkDistances(_ structure: Structure) throws {
        for group in groups {
            guard let pair = group.tooClose else { continue }
            list.invalidate()
            throw InputError(
                place: "atoms \(pair.centre + 1) (\(structure.species[pair.centre])) and \(pair.neighbour + 1) "
                    + "(\(structure.species[pair.neighbour]))",
                problem:
                    "they are \(String(format: "%.3f", pair.distance)) Å apart, nearer than the \(SplineTable.nearestDistance) Å that "
                    + "the model's tables reach",
                mend:
                    "the structure overlaps or the run has exploded: start from an earlier frame or a smaller time step"
            )
        }
    }

    /// Adds up the groups' forces in their order, slices of atoms on all threads.
    private func addForces(into forces: inout [SIMD3<Double>]) {
        let (groups, count) = (groups, forces.count)
        let slices = min(pool.threads, max(count / Self.atomsPerSlice, 1))
        forces.withUnsafeMutableBufferPointer { forces in
            let forces = forces
            pool.parallel(slices) { slice, _ in
                for atom in count * slice / slices..<count * (slice + 1) / slices {
                    var sum = SIMD3<Double>.zero
                    for group in groups { sum += group.forces.base[atom] }
                    forces[atom] = sum
                }
            }
        }
    }

    /// Fewer are not worth a thread.
    private static let atomsPerSlice = 512

    private var totalOverflow: [NeighbourOverflow] {
        var counters = OverflowCounters(model)
        for group in groups { counters.merge(group.overflow) }
        return counters.overflow
    }
}

/// Holds what one thread at a time uses: arrays hold only what can be copied.
private final class ThreadMemory: @unchecked Sendable {
    var worker: BlockWorker

    init(_ worker: consuming BlockWorker) { self.worker = worker }
}

extension Evaluation {
    /// Makes room for `count` atoms.
    fileprivate mutating func resize(count: Int) {
        if forces.count != count { forces = [SIMD3<Double>](repeating: .zero, count: count) }
        if atomicEnergies.count != count { atomicEnergies = [Double](repeating: 0, count: count) }
    }
}
