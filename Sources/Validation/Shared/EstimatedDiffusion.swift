import Calculations
import Foundation
import Statistics
import Synchronization

/// `DiffusionEstimator` on the displacements of runs, each estimated once: findings, tables and figures of several
/// experiments ask for the same numbers, and an estimate takes a good part of a second.
///
/// A pure function: what is remembered is found by the displacements themselves.
enum EstimatedDiffusion {
    private struct Entry {
        var displacements: DisplacementStatistics
        var result: DiffusionResult
    }

    /// By what tells nearly all runs apart.
    private struct Mark: Hashable {
        var frames: Int
        var segments: Int
        var longest: SIMD3<Double>

        init(_ displacements: DisplacementStatistics) {
            frames = displacements.curve.frameCount
            segments = displacements.segments.first?.count ?? 0
            longest = displacements.curve.axes.last ?? .zero
        }
    }

    private static let entries = Mutex<[Mark: [Entry]]>([:])

    /// - Throws: `InputError` when a displacement is not finite.
    static func of(_ displacements: DisplacementStatistics) throws -> DiffusionResult {
        let mark = Mark(displacements)
        let known = entries.withLock { $0[mark] }?.first { $0.displacements == displacements }
        if let known { return known.result }
        let result = try DiffusionEstimator().estimate(displacements)
        entries.withLock { $0[mark, default: []].append(Entry(displacements: displacements, result: result)) }
        return result
    }

    /// Estimates all of these at once over the cores, so that asking for one of them later takes no time. What is wrong
    /// with one of them is told then.
    static func prepare(_ all: [DisplacementStatistics]) {
        DispatchQueue.concurrentPerform(iterations: all.count) { index in _ = try? of(all[index]) }
    }
}
