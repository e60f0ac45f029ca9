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
    private let table: SplineTable
    private let threeBodyTable: SplineTable?
    private let descriptors: [DescriptorKernel]
    /// Empty without a three-body part.
    private let threeBodies: [ThreeBodyKernel]
    private let fittings: [FittingKernel]
    private var list: SkinList
    private var plan = BlockPlan(typeStarts: [0])
    private var workers: [BlockWorker] = []
    private var groups: [GroupResult] = []

    /// - Parameters:
    ///   - threads: workers for one evaluation, the caller's thread included.
    ///   - skin: how far the neighbour list reaches beyond the cutoff (Å).
    public init(model: DPModel, threads: Int = 1, skin: Double = 1.5) {
        let types = model.typeMap.count
        let pool = WorkerPool(threads: threads)
        let table = SplineTable(model.descriptor, pool: pool)
        self.model = model
        self.table = table
        self.pool = pool
        let descriptors = (0..<types).map { DescriptorKernel(model.descriptor, table: table, centre: $0) }
        self.descriptors = descriptors
        let threeBodyTable = model.threeBody.map { SplineTable($0, pool: pool) }
        self.threeBodyTable = threeBodyTable
        if let threeBody = model.threeBody, let threeBodyTable {
            threeBodies = (0..<types).map { ThreeBodyKernel(threeBody, table: threeBodyTable, centre: $0) }
        } else {
            threeBodies = []
        }
        fittings = (0..<types).map {
            FittingKernel(
                model.fitting.nets[$0], square: descriptors[$0].square, atomBias: model.bias(ofType: $0))
        }
        list = SkinList(cutoff: model.descriptor.cutoff, skin: skin, typeCount: types, pool: pool)
    }

    public func invalidateNeighbourList() { list.invalidate() }

    public func evaluate(_ structure: Structure, into evaluation: inout Evaluation) throws {
        if try list.update(structure, model: model) {
            listBuilds += 1
            let plan = BlockPlan(typeStarts: list.typeStarts)
            if plan != self.plan || workers.isEmpty || groups.first?.atomCount != structure.count {
                self.plan = plan
                groups = plan.groups.map { _ in
                    GroupResult(
                        atomCount: structure.count, overflow: NeighbourOverflow.Counter(model),
                        threeBodyOverflow: NeighbourOverflow.Counter(threeBodyOf: model))
                }
            }
            reserveWorkers()
        }
        let shifts = list.shifts.map { SIMD3<Double>($0) * structure.cell.vectors }
        resize(&evaluation, count: structure.count)
        evaluation.atomicEnergies.withUnsafeMutableBufferPointer { energies in
            evaluateGroups(structure, shifts: shifts, energies: energies.baseAddress!)
        }
        try checkDistances(structure)
        collect(into: &evaluation)
    }

    private func resize(_ evaluation: inout Evaluation, count: Int) {
        if evaluation.forces.count != count {
            evaluation.forces = [SIMD3<Double>](repeating: .zero, count: count)
        }
        if evaluation.atomicEnergies.count != count {
            evaluation.atomicEnergies = [Double](repeating: 0, count: count)
        }
    }

    private func reserveWorkers() {
        let rows = plan.largestBlock
        if let worker = workers.first, worker.rows >= rows, worker.longestRow >= list.longest { return }
        // A little more than needed: the longest rows of later lists scatter about this one's.
        let longestRow = list.longest + list.longest / 16
        let scratch = fittings.map { $0.scratchCount(rows: rows) }.max() ?? 0
        workers = (0..<pool.threads).map { _ in
            BlockWorker(
                rows: rows, longestRow: longestRow, paddedWidth: table.paddedWidth,
                dimension: fittings[0].inputs, threeBodyWidth: model.threeBody?.width ?? 0, fittingScratch: scratch)
        }
    }

    private func evaluateGroups(
        _ structure: Structure, shifts: [SIMD3<Double>], energies: UnsafeMutablePointer<Double>
    ) {
        let (plan, groups, workers) = (plan, groups, workers)
        let (descriptors, threeBodies, fittings) = (descriptors, threeBodies, fittings)
        let threeBodyCoefficients = threeBodyTable?.coefficients ?? []
        list.centres.withUnsafeBufferPointer { centres in
            list.starts.withUnsafeBufferPointer { starts in
                list.entries.withUnsafeBufferPointer { entries in
                    structure.positions.withUnsafeBufferPointer { positions in
                        shifts.withUnsafeBufferPointer { shifts in
                            threeBodyCoefficients.withUnsafeBufferPointer { threeBodyTable in
                                table.coefficients.withUnsafeBufferPointer { table in
                                    let input = BlockInput(
                                        centres: centres.baseAddress!, starts: starts.baseAddress!, entries: entries,
                                        positions: positions.baseAddress!, shifts: shifts.baseAddress!,
                                        table: table.baseAddress!, threeBodyTable: threeBodyTable.baseAddress,
                                        energies: energies)
                                    pool.parallel(plan.groups.count) { group, worker in
                                        groups[group].reset()
                                        for index in plan.groups[group] {
                                            let block = plan.blocks[index]
                                            workers[worker].evaluate(
                                                block.rows, input: input, descriptor: descriptors[block.type],
                                                threeBody: threeBodies.isEmpty ? nil : threeBodies[block.type],
                                                fitting: fittings[block.type], result: groups[group])
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
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

    /// Adds up the groups in their order.
    private func collect(into evaluation: inout Evaluation) {
        let count = evaluation.forces.count
        let groups = groups
        evaluation.forces.withUnsafeMutableBufferPointer { forces in
            let forces = forces.baseAddress!
            // Slices of atoms; each atom's sum runs over the groups in order.
            let slices = min(pool.threads, max(count / 512, 1))
            pool.parallel(slices) { slice, _ in
                for atom in count * slice / slices..<count * (slice + 1) / slices {
                    var sum = SIMD3<Double>.zero
                    for group in groups { sum += group.forces[atom] }
                    forces[atom] = sum
                }
            }
        }
        var virial = Matrix3.zero
        var overflow = NeighbourOverflow.Counter(model)
        var threeBodyOverflow = NeighbourOverflow.Counter(threeBodyOf: model)
        for group in groups {
            virial += Matrix3(rowMajor: UnsafeBufferPointer(start: group.virial, count: 9))
            overflow.merge(group.overflow)
            if let counter = group.threeBodyOverflow { threeBodyOverflow?.merge(counter) }
        }
        self.overflow = overflow.overflow + (threeBodyOverflow?.overflow ?? [])
        evaluation.virial = virial
        evaluation.energy = evaluation.atomicEnergies.reduce(0, +)
    }
}
