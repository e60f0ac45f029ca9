import DeepPotential
import Files
import Parallel

/// Muon (Jordan et al. 2024; scaling of Liu et al., arXiv 2502.16982) for the fitting nets' weight matrices, Adam for all
/// other parameters, as DeePMD-kit's HybridMuon.
///
/// The Nesterov momentum of a matrix is replaced by the nearest semi-orthogonal matrix, found by five Newton-Schulz
/// iterations, and scaled to the root mean square of an Adam step.
struct Muon: Codable, Sendable {
    let momentum: Float
    /// Update RMS relative to the learning rate: an orthogonal m×n matrix is multiplied by this times √max(m, n).
    let scale: Double
    let weightDecay: Double
    /// The momentum, as many as parameters; used for the matrices only.
    private var velocity: PackedArray<Float>
    private var adam: Adam
    private let matrices: [Matrix]

    struct Matrix: Codable, Sendable {
        let start: Int
        let rows: Int
        let columns: Int
    }

    init(
        _ layout: ParameterLayout, momentum: Double = 0.95, scale: Double = 0.2, weightDecay: Double = 0, adam: Adam
    ) {
        self.momentum = Float(momentum)
        self.scale = scale
        self.weightDecay = weightDecay
        velocity = PackedArray(Array(repeating: 0, count: layout.count))
        self.adam = adam
        matrices = (layout.fittings + layout.embeddings + layout.threeBodies).flatMap { plan in
            plan.layers.filter { min($0.inputs, $0.outputs) > 1 }.map {
                Matrix(start: $0.weights, rows: $0.inputs, columns: $0.outputs)
            }
        }
    }

    mutating func update(_ parameters: inout [Float], gradient: [Float], learningRate: Double, pool: WorkerPool) {
        let matrices = matrices
        var rest = gradient
        for matrix in matrices {
            for k in matrix.start..<matrix.start + matrix.rows * matrix.columns { rest[k] = 0 }
        }
        adam.update(&parameters, gradient: rest, learningRate: learningRate, pool: pool)
        let (momentum, scale) = (momentum, scale)
        let shrink = Float(1 - learningRate * weightDecay)
        parameters.withUnsafeMutableBufferPointer { p in
            velocity.values.withUnsafeMutableBufferPointer { v in
                gradient.withUnsafeBufferPointer { g in
                    pool.parallel(matrices.count) { index, _ in
                        let matrix = matrices[index]
                        let count = matrix.rows * matrix.columns
                        let step = Buffer<Float>(count: count)
                        for k in 0..<count {
                            let at = matrix.start + k
                            v[at] = momentum * v[at] + (1 - momentum) * g[at]
                            step.base[k] = momentum * v[at] + (1 - momentum) * g[at]
                        }
                        Self.orthogonalise(step.base, matrix.rows, matrix.columns)
                        let rate = Float(learningRate * scale * Double(max(matrix.rows, matrix.columns)).squareRoot())
                        for k in 0..<count {
                            p[matrix.start + k] = p[matrix.start + k] * shrink - rate * step.base[k]
                        }
                    }
                }
            }
        }
    }

    /// Replaces X [rows, columns] by an approximation to U·Vᵀ of its singular value decomposition: five steps of the
    /// quintic iteration X ← X(a + bG + cG²), G = XᵀX, whose coefficients drive singular values into 0.7...1.2.
    ///
    /// Only the smaller Gram matrix is iterated, G ← P·G·P with P = a + bG + cG²; X is multiplied once by all of the P
    /// together (for a wide X from the left, with G = XXᵀ).
    static func orthogonalise(_ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int) {
        let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)
        let n = min(rows, columns)
        let isTall = rows > columns
        var norm: Float = 0
        for k in 0..<rows * columns { norm += x[k] * x[k] }
        guard norm > 0 else { return }
        let inverse = 1 / norm.squareRoot()
        for k in 0..<rows * columns { x[k] *= inverse }
        let storage = Buffer<Float>(count: 4 * n * n)
        let gram = storage.base
        var (polynomial, scratch, total) = (gram + n * n, gram + 2 * n * n, gram + 3 * n * n)
        if isTall {
            Gemm.multiply(n, n, rows, x, aTransposed: true, x, into: gram, beta: 0)
        } else {
            Gemm.multiply(n, n, columns, x, x, bTransposed: true, into: gram, beta: 0)
        }
        for step in 0..<5 {
            Gemm.multiply(n, n, n, gram, gram, into: polynomial, beta: 0)
            for k in 0..<n * n { polynomial[k] = b * gram[k] + c * polynomial[k] }
            for k in 0..<n { polynomial[k * n + k] += a }
            if step < 4 {
                Gemm.multiply(n, n, n, polynomial, gram, into: scratch, beta: 0)
                Gemm.multiply(n, n, n, scratch, polynomial, into: gram, beta: 0)
            }
            if step == 0 {
                swap(&total, &polynomial)
            } else {
                Gemm.multiply(n, n, n, total, polynomial, into: scratch, beta: 0)
                swap(&total, &scratch)
            }
        }
        let product = Buffer<Float>(count: rows * columns)
        if isTall {
            Gemm.multiply(rows, columns, n, x, total, into: product.base, beta: 0)
        } else {
            Gemm.multiply(rows, columns, n, total, x, into: product.base, beta: 0)
        }
        x.update(from: product.base, count: rows * columns)
    }
}
