import COpenBLAS
import DeepPotential

/// Row-major single-precision matrix products over OpenBLAS, which is pinned to one thread: our pool owns the threads.
enum Gemm {

    /// C [m, n] = A [m, k] · B [k, n] + beta·C, all row-major; `aTransposed` means that A is stored [k, m],
    /// `bTransposed` that B is stored [n, k]; rows of A lie `rowA` floats apart, those of a matrix of its own without.
    @inline(__always)
    static func multiply(
        _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, aTransposed: Bool = false, rowA: Int? = nil,
        _ b: UnsafePointer<Float>, bTransposed: Bool = false, into c: UnsafeMutablePointer<Float>, beta: Float
    ) {
        guard m > 0, n > 0 else { return }
        // Row-major C = A·B is column-major Cᵀ = Bᵀ·Aᵀ.
        var (rows, columns, inner) = (Int32(n), Int32(m), Int32(k))
        var leadingB = Int32(bTransposed ? k : n)
        var leadingA = Int32(rowA ?? (aTransposed ? m : k))
        var (one, scale): (Float, Float) = (1, beta)
        var flagB = CChar(bTransposed ? UInt8(ascii: "T") : UInt8(ascii: "N"))
        var flagA = CChar(aTransposed ? UInt8(ascii: "T") : UInt8(ascii: "N"))
        SingleThreadedBLAS.ensure()
        sgemm_(&flagB, &flagA, &rows, &columns, &inner, &one, b, &leadingB, a, &leadingA, &scale, c, &rows)
    }
}
