import Structures

/// What a group of blocks adds up.
final class GroupResult: @unchecked Sendable {
    /// One per atom (eV/Å).
    let forces: Buffer<SIMD3<Double>>
    /// Nine values (eV), row-major.
    let virial = Buffer<Double>(count: 9)
    var overflow: OverflowCounters
    /// The first pair that is nearer than the table reaches (Å).
    var tooClose: (centre: Int, neighbour: Int, distance: Double)?

    private let unused: OverflowCounters

    init(atomCount: Int, model: DPModel) {
        forces = Buffer(count: atomCount)
        unused = OverflowCounters(model)
        overflow = unused
    }

    var atomCount: Int { forces.count }

    var totalVirial: Matrix3 { Matrix3(rowMajor: UnsafeBufferPointer(start: virial.base, count: virial.count)) }

    func reset() {
        forces.base.update(repeating: .zero, count: forces.count)
        virial.base.update(repeating: 0, count: virial.count)
        overflow = unused
        tooClose = nil
    }
}

/// The overflow of both descriptors of a model.
struct OverflowCounters {
    var twoBody: NeighbourOverflow.Counter
    /// In a hybrid model.
    var threeBody: NeighbourOverflow.Counter?

    init(_ model: DPModel) {
        twoBody = NeighbourOverflow.Counter(model)
        threeBody = NeighbourOverflow.Counter(threeBodyOf: model)
    }

    /// Takes in what other counters of the same model have recorded.
    mutating func merge(_ other: OverflowCounters) {
        twoBody.merge(other.twoBody)
        if let counter = other.threeBody { threeBody?.merge(counter) }
    }

    var overflow: [NeighbourOverflow] { twoBody.overflow + (threeBody?.overflow ?? []) }
}
