import DeepPotential
import Parallel
import Synchronization

/// The gradient as an optimiser takes it, part by part: those of the fitting nets' weights, which are most of it, are made
/// when they are asked for and never lie in memory as a whole.
struct GradientParts {
    /// Consecutive ranges of the flat vector, which together are all of it.
    let ranges: [Range<Int>]
    let pool: WorkerPool
    /// The values of a part, for the worker of the pool that asks; valid until it asks again. Thread-safe.
    let values: (_ part: Int, _ worker: Int) -> UnsafePointer<Float>

    init(
        ranges: [Range<Int>], pool: WorkerPool,
        values: @escaping (_ part: Int, _ worker: Int) -> UnsafePointer<Float>
    ) {
        self.ranges = ranges
        self.pool = pool
        self.values = values
    }

    /// Of a gradient that lies in memory, for as long as it lies there.
    init(_ gradient: UnsafePointer<Float>, count: Int, pool: WorkerPool) {
        let ranges = WorkerPool.pieces(of: 0..<count)
        self.init(ranges: ranges, pool: pool) { part, _ in gradient + ranges[part].lowerBound }
    }

    /// Calls `body` with every part and its values, on all threads.
    ///
    /// - Returns: whether all values are finite.
    func visit(_ body: (_ range: Range<Int>, _ values: UnsafePointer<Float>) -> Void) -> Bool {
        let areFinite = Atomic(true)
        pool.parallel(ranges.count) { part, worker in
            let values = values(part, worker)
            if !DenseKernels.areFinite(values, ranges[part].count) { areFinite.store(false, ordering: .relaxed) }
            body(ranges[part], values)
        }
        return areFinite.load(ordering: .relaxed)
    }

    /// The whole, as many values as `gradient` has.
    ///
    /// - Returns: whether all are finite.
    @discardableResult
    func copy(into gradient: inout [Float]) -> Bool {
        gradient.withUnsafeMutableBufferPointer { target in
            nonisolated(unsafe) let target = target.baseAddress!
            return visit { range, values in
                (target + range.lowerBound).update(from: values, count: range.count)
            }
        }
    }
}
