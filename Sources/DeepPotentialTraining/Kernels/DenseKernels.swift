#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The elementwise parts of a dense layer, over [rows, width] row-major buffers.
///
/// Rows need not be whole vectors: the last vector of a row is computed in full (every buffer has the slack to be read
/// so far) and stored in part.
enum DenseKernels {
    @inline(__always)
    static func load(_ p: UnsafePointer<Float>) -> Vector { UnsafeRawPointer(p).loadUnaligned(as: Vector.self) }

    /// Stores `count` lanes, sixteen when there are as many.
    @inline(__always)
    static func store(_ vector: Vector, _ p: UnsafeMutablePointer<Float>, _ count: Int) {
        if count >= 16 {
            UnsafeMutableRawPointer(p).storeBytes(of: vector, as: Vector.self)
        } else {
            withUnsafeBytes(of: vector) { _ = memcpy(p, $0.baseAddress!, count * MemoryLayout<Float>.stride) }
        }
    }

    /// Every row becomes `row`.
    static func spread(
        _ row: UnsafePointer<Float>, rows: Int, width: Int, into result: UnsafeMutablePointer<Float>
    ) {
        for r in 0..<rows { memcpy(result + r * width, row, width * MemoryLayout<Float>.stride) }
    }

    /// y becomes h = tanh y in place, and `result` h ⊙ idt.
    static func activate(
        _ y: UnsafeMutablePointer<Float>, timestep: UnsafePointer<Float>?, rows: Int, width: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        for r in 0..<rows {
            for c in stride(from: 0, to: width, by: 16) {
                let at = r * width + c
                let h = load(y + at).tanh
                store(h, y + at, width - c)
                if let timestep {
                    store(h * load(timestep + c), result + at, width - c)
                } else {
                    store(h, result + at, width - c)
                }
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
                let h = load(h + at)
                var value = load(x + at) * (1 - h * h)
                if let timestep { value *= load(timestep + c) }
                store(value, result + at, width - c)
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
            let scale = timestep.map { load($0 + c) } ?? Vector(repeating: 1)
            for r in 0..<rows {
                let at = r * width + c
                let (h, p, g, dot) = (load(h + at), load(adjoint + at), load(gradient + at), load(tangent + at))
                let slope = 1 - h * h
                store(slope * scale * (p - 2 * h * dot * g), result + at, width - c)
                sum += p * h + slope * g * dot
            }
            if let timestepGradient { store(sum, timestepGradient + c, width - c) }
        }
    }

    /// The sum over rows.
    static func columnSums(
        _ x: UnsafePointer<Float>, rows: Int, width: Int, into result: UnsafeMutablePointer<Float>
    ) {
        for c in stride(from: 0, to: width, by: 16) {
            var sum = Vector.zero
            for r in 0..<rows { sum += load(x + r * width + c) }
            store(sum, result + c, width - c)
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
        for c in stride(from: 0, to: whole, by: 16) { store(load(x + c) + load(result + c), result + c, 16) }
        for c in whole..<count { result[c] += x[c] }
    }

    /// Whether every element is finite.
    static func areFinite(_ x: UnsafePointer<Float>, _ count: Int) -> Bool {
        // A NaN or infinity anywhere makes the sum of products with zero NaN.
        var sums = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
        let whole = count / 64 * 64
        for c in stride(from: 0, to: whole, by: 64) {
            sums.0 += load(x + c) * 0
            sums.1 += load(x + c + 16) * 0
            sums.2 += load(x + c + 32) * 0
            sums.3 += load(x + c + 48) * 0
        }
        return (sums.0 + sums.1 + sums.2 + sums.3).total == 0 && (whole..<count).allSatisfy { x[$0].isFinite }
    }
}
