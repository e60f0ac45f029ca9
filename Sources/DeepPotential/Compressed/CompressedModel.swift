import Parallel

/// A model with its embedding nets tabulated, which takes seconds: made once, used by any number of evaluators, on any
/// threads.
public final class CompressedModel: @unchecked Sendable {
    // Sendable: nothing changes after `init`.
    public let model: DPModel
    /// By type of centre; they point into the tables.
    let kernels: [TypeKernels]
    /// M1, padded.
    let paddedWidth: Int
    /// The coefficients of the tables; nothing without a three-body part.
    private let table: Buffer<Float>
    private let threeBodyTable: Buffer<Float>

    /// - Parameter threads: that make the tables.
    public init(_ model: DPModel, threads: Int = 1) {
        let pool = WorkerPool(threads: threads)
        let splines = SplineTable(model.descriptor, pool: pool)
        let table = Buffer(splines.coefficients)
        let threeBodySplines = model.threeBody.map { SplineTable($0, pool: pool) }
        let threeBodyTable = Buffer(threeBodySplines?.coefficients ?? [])
        let (pairs, triples) = (UnsafePointer(table.base), UnsafePointer(threeBodyTable.base))
        kernels = model.typeMap.indices.map { type in
            let descriptor = DescriptorKernel(model.descriptor, table: splines, coefficients: pairs, centre: type)
            var threeBody: ThreeBodyKernel?
            if let part = model.threeBody, let threeBodySplines {
                threeBody = ThreeBodyKernel(part, table: threeBodySplines, coefficients: triples, centre: type)
            }
            let fitting = FittingKernel(
                model.fitting.nets[type], square: descriptor.square, atomBias: model.bias(ofType: type))
            return TypeKernels(descriptor: descriptor, threeBody: threeBody, fitting: fitting)
        }
        self.model = model
        self.table = table
        self.threeBodyTable = threeBodyTable
        paddedWidth = splines.paddedWidth
    }
}
