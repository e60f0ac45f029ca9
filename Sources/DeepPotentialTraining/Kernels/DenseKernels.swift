import DeepPotential

/// The elementwise parts of a dense layer, over [rows, width] row-major buffers.
///
/// Rows need not be whole vectors: the last vector of a row is computed in full (every buffer has the slack to be read
/// so far) and stored in part.
enum DenseKernels {
    /// Every row becomes `row`.
    static func spread(
        _ row: UnsafePointer<Float>, rows: Int, width: Int, into result: UnsafeMutablePointer<Float>
    ) {
        for r in 0..<rows { (result + r * width).update(from: row, count: width) }
    }

    /// y becomes h = tanh y in place, and `result` h ⊙ idt.
    static func activate(
        _ y: UnsafeMutablePointer<Float>, timestep: UnsafePointer<Float>?, rows: Int, width: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        for r in 0..<rows {
            for c in stride(from: 0, to: width, by: Lanes.scalarCount) {
                let at = r * width + c
                let h = Lanes.load(y + at).hyperbolicTangent
                h.store(y + at, first: width - c)
                let scaled = if let timestep { h * Lanes.load(timestep + c) } else { h }
                scaled.store(result + at, first: width - c)
            }
        }
    }

    /// result = x ⊙ (1 − h²) ⊙ idt: the tangent of h ⊙ idt, or g_y from g.
    static func differentiate(
        _ x: UnsafePointer<Float>, _ h: UnsafePointer<Float>, timestep: UnsafePointer<Float>?, rows: Int, width: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        for r in 0..<rows {
            for c in stride(from: 0, to: width, by: 16) {
                let at = r * width + c
                let h = Vector.load(h + at)
                var value = Vector.load(x + at) * (1 - h * h)
                if let timestep { value *= Vector.load(timestep + c) }
                value.store(result + at, first: width - c)
            }
        }
    }

    /// p_y = (1 − h²)(p − 2 h ẏ g) ⊙ idt, and the gradient of idt, Σ_rows p h + g (1 − h²) ẏ.
    static func reverse(
        adjoint: UnsafePointer<Float>, gradient: UnsafePointer<Float>, _ h: UnsafePointer<Float>,
        _ tangent: UnsafePointer<Float>, timestep: UnsafePointer<Float>?, rows: Int, width: Int,
        into result: UnsafeMutablePointer<Float>, timestepGradient: UnsafeMutablePointer<Float>?
    ) {
        for c in stride(from: 0, to: width, by: 16) {
            var sum = Vector.zero
            let scale = timestep.map { Vector.load($0 + c) } ?? Vector(repeating: 1)
            for r in 0..<rows {
                let at = r * width + c
                let (h, p) = (Vector.load(h + at), Vector.load(adjoint + at))
                let (g, dot) = (Vector.load(gradient + at), Vector.load(tangent + at))
                let slope = 1 - h * h
                (slope * scale * (p - 2 * h * dot * g)).store(result + at, first: width - c)
                sum += p * h + slope * g * dot
            }
            if let timestepGradient { sum.store(timestepGradient + c, first: width - c) }
        }
    }

    /// The sum over rows.
    static func columnSums(
        _ x: UnsafePointer<Float>, rows: Int, width: Int, into result: UnsafeMutablePointer<Float>
    ) {
        for c in stride(from: 0, to: width, by: 16) {
            var sum = Vector.zero
            for r in 0..<rows { sum += Vector.load(x + r * width + c) }
            sum.store(result + c, first: width - c)
        }
    }

    /// Adds the layer's skip connection to `result` [rows, outputs].
    static func addSkip(
        _ layer: LayerPlan, _ x: UnsafePointer<Float>, rows: Int, into result: UnsafeMutablePointer<Float>
    ) {
        for copy in 0..<layer.skipCopies {
            for r in 0..<rows {
                add(x + r * layer.inputs, layer.inputs, to: result + r * layer.outputs + copy * layer.inputs)
            }
        }
    }

    /// Adds the skip connection's part of the derivative with respect to x: the transpose of `addSkip`.
    static func addSkipTransposed(
        _ layer: LayerPlan, _ y: UnsafePointer<Float>, rows: Int, into result: UnsafeMutablePointer<Float>
    ) {
        for copy in 0..<layer.skipCopies {
            for r in 0..<rows {
                add(y + r * layer.outputs + copy * layer.inputs, layer.inputs, to: result + r * layer.inputs)
            }
        }
    }

    /// Reads nothing past `count`: arrays of Swift's are not padded.
    @inline(__always)
    static func add(_ x: UnsafePointer<Float>, _ count: Int, to result: UnsafeMutablePointer<Float>) {
        let whole = count / 16 * 16
        for c in stride(from: 0, to: whole, by: 16) {
            (Vector.load(x + c) + Vector.load(result + c)).store(result + c)
        }
        for c in whole..<count { result[c] += x[c] }
    }

    /// Whether every element is finite.
    static func areFinite(_ x: UnsafePointer<Float>, _ count: Int) -> Bool {
        // A NaN or infinity anywhere makes the sum of products with zero NaN.
        var sums = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
        let whole = count / 64 * 64
        for c in stride(from: 0, to: whole, by: 64) {
            sums.0 += Vector.load(x + c) * 0
            sums.1 += Vector.load(x + c + 16) * 0
            sums.2 += Vector.load(x + c + 32) * 0
            sums.3 += Vector.load(x + c + 48) * 0
        }
        return (sums.0 + sums.1 + sums.2 + sums.3).total() == 0 && (whole..<count).allSatisfy { x[$0].isFinite }
    }
}
