import DeepPotential

/// Nets of one input as cubic Hermite tables: each net runs once over its knots instead of once per neighbour, and its
/// parameters' gradient is one reverse sweep over the knots' adjoints.
///
/// Interpolation is linear in the knots' values and slopes, so that the gradient is exact for the interpolated model;
/// that differs from the nets themselves by h⁴G⁗/384, h the distance of knots in the input (tests measure it).
/// Knot k of a table is G_k and dG_k/du (u in knots), each `width` vectors.
final class NetworkTables {
    /// What a table holds of its net G(x).
    enum Content {
        case output
        /// x·G(x), as the three-body descriptor adds it up.
        case inputTimesOutput
    }

    /// Where the knots of the tables lie.
    struct Grid: Sendable {
        /// By table: the first knot, and the distance of knots.
        let firstKnots: [Double]
        let spacings: [Double]
        /// Intervals of each table.
        let intervals: Int
    }

    /// Outputs in vectors.
    let width: Int
    /// Vectors from knot to knot, and from table to table.
    let rowStride: Int
    let tableStride: Int
    let count: Int
    private let grid: Grid
    private let content: Content
    private let passes: [DensePass]
    private let storage: Buffer<Float>

    /// - Parameter networks: the net of each table; their outputs are padded to whole vectors.
    init(_ networks: [NetworkPlan], grid: Grid, content: Content) {
        self.grid = grid
        self.content = content
        count = networks.count
        width = networks[0].outputs / 16
        rowStride = 2 * width
        tableStride = (grid.intervals + 1) * rowStride
        storage = Buffer<Float>(count: networks.count * tableStride * 16)
        passes = networks.map { DensePass($0) }
        for pass in passes { pass.resize(rows: grid.intervals + 1) }
    }

    subscript(table: Int) -> UnsafePointer<Vector> {
        UnsafePointer(UnsafeRawPointer(storage.base).assumingMemoryBound(to: Vector.self)) + table * tableStride
    }

    /// Runs the net of one table over its knots.
    func tabulate(_ table: Int, _ parameters: UnsafePointer<Float>) {
        let pass = passes[table]
        let (first, spacing) = (grid.firstKnots[table], grid.spacings[table])
        for knot in 0...grid.intervals {
            pass.input[knot] = Float(first + Double(knot) * spacing)
            pass.inputTangent[knot] = Float(spacing)
        }
        pass.forward(parameters)
        pass.tangent(parameters)
        let floats = 16 * width
        var target = storage.base + table * tableStride * 16
        for knot in 0...grid.intervals {
            let (value, slope) = (pass.output + knot * floats, pass.outputTangent + knot * floats)
            switch content {
            case .output:
                target.update(from: value, count: floats)
                (target + floats).update(from: slope, count: floats)
            case .inputTimesOutput:
                let (x, step) = (pass.input[knot], pass.inputTangent[knot])
                for k in 0..<floats {
                    target[k] = x * value[k]
                    target[floats + k] = step * value[k] + x * slope[k]
                }
            }
            target += 2 * floats
        }
    }

    /// The gradient of the table's net, given the adjoints of the table's knots in the table's own layout.
    ///
    /// - Parameter result: the flat gradient at the net's first parameter.
    func reverse(
        _ table: Int, adjoint: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>
    ) {
        let pass = passes[table]
        let floats = 16 * width
        for knot in 0...grid.intervals {
            let source = adjoint + 2 * knot * floats
            let (value, slope) = (pass.outputAdjoint + knot * floats, pass.outputGradient + knot * floats)
            switch content {
            case .output:
                value.update(from: source, count: floats)
                slope.update(from: source + floats, count: floats)
            case .inputTimesOutput:
                let (x, step) = (pass.input[knot], pass.inputTangent[knot])
                for k in 0..<floats {
                    value[k] = x * source[k] + step * source[floats + k]
                    slope[k] = x * source[floats + k]
                }
            }
        }
        pass.backward(parameters, toInput: false)
        pass.reverse(parameters, into: result, toInput: false, withWeights: true)
    }
}
