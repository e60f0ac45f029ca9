/// The embedding nets of one step as cubic Hermite tables over w/r: each net runs once over its knots instead of once
/// per neighbour, and its parameters' gradient is one reverse sweep over the knots' adjoints.
///
/// Interpolation is linear in the knots' values and slopes, so that the gradient is exact for the interpolated model;
/// that differs from the nets themselves by h⁴G⁗/384, h the distance of knots in normalised w/r (tests measure it).
/// Knot k of a table is G_k and dG_k/du (u in knots), each `width` vectors; tables are ordered by centre, then
/// neighbour.
final class EmbeddingTables {
    let settings: EnvironmentSettings
    /// M1 in vectors.
    let width: Int
    /// Vectors from knot to knot, and from table to table.
    let rowStride: Int
    let tableStride: Int
    private let passes: [DensePass]
    private let storage: FloatBuffer

    init(_ layout: ParameterLayout, settings: EnvironmentSettings) {
        self.settings = settings
        width = layout.paddedWidth / 16
        rowStride = 2 * width
        tableStride = (settings.intervals + 1) * rowStride
        storage = FloatBuffer(count: settings.tableCount * tableStride * 16)
        passes = (0..<settings.tableCount).map { DensePass(layout.embeddings[settings.network(ofTable: $0)]) }
        for pass in passes { pass.resize(rows: settings.intervals + 1) }
    }

    /// The tables of the neighbours of a centre of this type.
    func tables(centre: Int) -> UnsafePointer<Vector> {
        UnsafePointer(UnsafeRawPointer(storage.base).assumingMemoryBound(to: Vector.self))
            + settings.firstTable(centre: centre) * tableStride
    }

    /// Runs the net of one table over its knots.
    func tabulate(_ table: Int, _ parameters: UnsafePointer<Float>) {
        let pass = passes[table]
        let (first, spacing) = (settings.firstKnots[table], settings.spacings[table])
        for knot in 0...settings.intervals {
            pass.input[knot] = Float(first + Double(knot) * spacing)
            pass.inputTangent[knot] = Float(spacing)
        }
        pass.forward(parameters)
        pass.tangent(parameters)
        let floats = 16 * width
        var target = storage.base + table * tableStride * 16
        for knot in 0...settings.intervals {
            target.update(from: pass.output + knot * floats, count: floats)
            (target + floats).update(from: pass.outputTangent + knot * floats, count: floats)
            target += 2 * floats
        }
    }

    /// Adds the gradient of the table's net, given the adjoints of the table's knots in the table's own layout.
    ///
    /// - Parameter result: the flat gradient at the net's first parameter.
    func reverse(
        _ table: Int, adjoint: UnsafePointer<Float>, _ parameters: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>
    ) {
        let pass = passes[table]
        let floats = 16 * width
        for knot in 0...settings.intervals {
            let source = adjoint + 2 * knot * floats
            (pass.outputAdjoint + knot * floats).update(from: source, count: floats)
            (pass.outputGradient + knot * floats).update(from: source + floats, count: floats)
        }
        pass.backward(parameters, toInput: false)
        pass.reverse(parameters, into: result, toInput: false)
    }
}
