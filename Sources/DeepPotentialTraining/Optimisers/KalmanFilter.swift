import COpenBLAS
import DeepPotential
import Files
import Parallel

/// The layer-wise extended Kalman filter (LKF of DeePMD-kit; RLEKF, Hu et al., arXiv 2212.06989).
///
/// A scalar measurement h with the error e = label − prediction and the derivative H = dh/dθ moves the parameters along
/// P·H. P is block-diagonal: contiguous pieces of one network, `blockSize` parameters at most. Per measurement
///
///     A = 1/Σ_b (λ + H_b·P_b·H_b),  θ += A·e·P·H,  P ← (P − A·(P·H)(P·H)ᵀ)/λ,  λ ← ν·λ + 1 − ν.
///
/// P is kept as `scale`·Q, so that the division by λ costs nothing; only one triangle of Q is in use.
struct KalmanFilter: Codable, Sendable {
    let blocks: [Range<Int>]
    /// Q of every block, [n, n].
    private var covariances: [PackedArray<Float>]
    private var scale: Float = 1
    private(set) var forgetting: Double

    static let firstForgetting = 0.98
    static let forgettingRate = 0.9987

    init(_ layout: ParameterLayout, blockSize: Int) {
        blocks = layout.networks.flatMap { plan in
            let pieces = (plan.range.count + blockSize - 1) / blockSize
            return (0..<pieces).map { piece in
                let start = plan.range.lowerBound
                return start + plan.range.count * piece / pieces..<start + plan.range.count * (piece + 1) / pieces
            }
        }
        covariances = blocks.map { block in
            var identity = [Float](repeating: 0, count: block.count * block.count)
            for k in 0..<block.count { identity[k * (block.count + 1)] = 1 }
            return PackedArray(identity)
        }
        forgetting = Self.firstForgetting
    }

    /// Takes in one measurement.
    ///
    /// - Parameters:
    ///   - error: label − prediction.
    ///   - derivative: H, as many as parameters.
    mutating func update(_ parameters: inout [Float], error: Double, derivative: [Float], pool: WorkerPool) {
        let (blocks, scale, base) = (blocks, scale, Double(blocks.count) * forgetting)
        var gains = [Float](repeating: 0, count: parameters.count)
        var variances = [Double](repeating: 0, count: blocks.count)
        let total = covariances.withUnsafeMutableBufferPointer { covariances in
            gains.withUnsafeMutableBufferPointer { gains in
                variances.withUnsafeMutableBufferPointer { variances in
                    derivative.withUnsafeBufferPointer { derivative in
                        nonisolated(unsafe) let (q, sums) = (covariances.baseAddress!, variances.baseAddress!)
                        nonisolated(unsafe) let (h, k) = (derivative.baseAddress!, gains.baseAddress!)
                        pool.parallel(blocks.count) { index, _ in
                            let block = blocks[index]
                            q[index].values.withUnsafeBufferPointer {
                                SymmetricProduct.apply(
                                    $0.baseAddress!, block.count, to: h + block.lowerBound, scale: scale,
                                    into: k + block.lowerBound)
                            }
                            sums[index] = block.reduce(0) { $0 + Double(h[$1]) * Double(k[$1]) }
                        }
                        // (sQ − A·KKᵀ)/λ = (s/λ)·(Q − (A/s)·KKᵀ)
                        let total = variances.reduce(base, +)
                        let weight = Float(-1 / total) / scale
                        pool.parallel(blocks.count) { index, _ in
                            let block = blocks[index]
                            q[index].values.withUnsafeMutableBufferPointer {
                                SymmetricProduct.addSquare(
                                    k + block.lowerBound, block.count, weight: weight, to: $0.baseAddress!)
                            }
                        }
                        return total
                    }
                }
            }
        }
        let step = Float(error / total)
        for k in parameters.indices { parameters[k] += step * gains[k] }
        self.scale = scale / Float(forgetting)
        forgetting = Self.forgettingRate * forgetting + 1 - Self.forgettingRate
    }
}

/// BLAS on one triangle of a symmetric matrix.
private enum SymmetricProduct {
    /// y = scale·Q·x, Q [n, n].
    static func apply(
        _ q: UnsafePointer<Float>, _ n: Int, to x: UnsafePointer<Float>, scale: Float,
        into y: UnsafeMutablePointer<Float>
    ) {
        var (flag, count, one, alpha, zero) = (CChar(UInt8(ascii: "L")), Int32(n), Int32(1), scale, Float(0))
        ssymv_(&flag, &count, &alpha, q, &count, x, &one, &zero, y, &one)
    }

    /// Q += weight·x·xᵀ.
    static func addSquare(
        _ x: UnsafePointer<Float>, _ n: Int, weight: Float, to q: UnsafeMutablePointer<Float>
    ) {
        var (flag, count, one, alpha) = (CChar(UInt8(ascii: "L")), Int32(n), Int32(1), weight)
        ssyr_(&flag, &count, &alpha, x, &one, q, &count)
    }
}
