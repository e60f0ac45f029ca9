import Foundation
import Structures

/// What estimators of diffusion need of a run, small enough to be kept for good: some tens of kB of JSON, whatever the
/// run's length and the number of its atoms.
///
/// Of `DisplacementSamples` it keeps lags that grow by a quarter or more (closer ones repeat each other's noise), at
/// most 64 segments of the run, and the covariance over atoms instead of each atom's own curve. Numbers are rounded
/// to significant digits far below any error here, so that coding is short and exact.
public struct DisplacementStatistics: Equatable, Sendable, Codable {
    /// ⟨Δr_α²⟩ over atoms and windows.
    public let curve: MeanSquaredDisplacement
    /// ⟨(Σ Δr_α)²⟩/N over windows (Å²), one per lag: the curve whose slope is the conductivity's.
    public let collective: [SIMD3<Double>]
    /// Frames in a segment of the run; the last one may hold fewer.
    public let segmentLength: Int
    /// [lags][segments]: windows that end in the segment.
    public let windows: [[Int]]
    /// [lags][segments]: their mean of Δr_α² over windows and atoms (Å²); zero where there is no window.
    public let segments: [[SIMD3<Double>]]
    /// [lags][segments]: their mean of |Σ Δr|²/N (Å²), summed over the axes.
    public let collectiveSegments: [[Double]]
    /// [lags][lags up to that one]: the covariance over atoms of their own MSDs, summed over the axes (Å⁴).
    public let atomCovariance: [[Double]]

    /// Segments that are kept.
    static let maximumSegments = 64
    /// By how much lags grow at least.
    static let lagGrowth = 1.25

    public init(_ samples: DisplacementSamples) {
        let all = samples.curve
        let rows = Self.thinned(all.lags)
        let joined = Self.join(samples)
        curve = MeanSquaredDisplacement(
            frameInterval: all.frameInterval, frameCount: all.frameCount, atomCount: all.atomCount,
            lags: rows.map { all.lags[$0] }, origins: rows.map { all.origins[$0] },
            axes: rows.map { Self.rounded(all.axes[$0], digits: 9) })
        collective = rows.map { row in
            let sum = samples.segments[row].reduce(SIMD3<Double>.zero) { $0 + $1.collective }
            return Self.rounded(sum / Double(all.origins[row]), digits: 9)
        }
        segmentLength = samples.segmentLength * joined.factor
        windows = rows.map { joined.segments[$0].map(\.windows) }
        segments = rows.map { row in
            joined.segments[row].map { Self.rounded($0.sum / Double(max(1, $0.windows)), digits: 5) }
        }
        collectiveSegments = rows.map { row in
            joined.segments[row].map { Self.rounded($0.collective.sum() / Double(max(1, $0.windows)), digits: 5) }
        }
        atomCovariance = Self.covariance(samples, rows)
    }

    /// Rows of lags that grow by `lagGrowth` or more.
    private static func thinned(_ lags: [Int]) -> [Int] {
        var rows: [Int] = []
        for (row, lag) in lags.enumerated() {
            if let last = rows.last, Double(lag) < lagGrowth * Double(lags[last]) { continue }
            rows.append(row)
        }
        return rows
    }

    /// Neighbouring segments joined until there are `maximumSegments` or fewer.
    private static func join(
        _ samples: DisplacementSamples
    ) -> (segments: [[DisplacementSamples.Segment]], factor: Int) {
        let count = samples.segments.first?.count ?? 0
        var factor = 1
        while count > maximumSegments * factor { factor *= 2 }
        let joined = samples.segments.map { segments in
            stride(from: 0, to: count, by: factor).map { first in
                segments[first..<min(count, first + factor)].reduce(
                    DisplacementSamples.Segment(windows: 0, sum: .zero, collective: .zero)
                ) {
                    .init(
                        windows: $0.windows + $1.windows, sum: $0.sum + $1.sum,
                        collective: $0.collective + $1.collective)
                }
            }
        }
        return (joined, factor)
    }

    private static func covariance(_ samples: DisplacementSamples, _ rows: [Int]) -> [[Double]] {
        let atoms = samples.curve.atomCount
        let deviations = rows.map { row in
            let mean = samples.curve.axes[row].sum()
            return (0..<atoms).map { samples.msd(lag: row, atom: $0).sum() - mean }
        }
        return deviations.indices.map { i in
            (0...i).map { j in
                let sum = zip(deviations[i], deviations[j]).reduce(0) { $0 + $1.0 * $1.1 }
                return rounded(sum / Double(max(1, atoms - 1)), digits: 6)
            }
        }
    }

    private static func rounded(_ v: SIMD3<Double>, digits: Int) -> SIMD3<Double> {
        SIMD3(rounded(v.x, digits: digits), rounded(v.y, digits: digits), rounded(v.z, digits: digits))
    }

    /// The nearest number of so many significant digits.
    private static func rounded(_ value: Double, digits: Int) -> Double {
        guard value != 0, value.isFinite else { return value }
        let power = digits - 1 - Int(log10(abs(value)).rounded(.down))
        // A whole number over or times an exact power of ten: the double next to the decimal.
        let scale = pow(10, Double(abs(power)))
        return power > 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
    }
}
