import Calculations
import Statistics
import Structures

/// Our choice among the candidates of one system.
///
/// Strata of temperature and deviation (three bins between the trust levels) get labels in proportion to the square root of
/// their candidates, so that rare conditions are not drowned; what a stratum cannot use goes to the others. In turn each
/// takes its frame that is farthest from everything labelled or chosen already (`Fingerprint`, `KCentre`). Of one trajectory
/// no two frames are nearer in time than `spacing`.
struct StratifiedSelection {
    /// A candidate with what the choice needs to know.
    struct Candidate {
        var place: FramePlace
        /// K.
        var temperature: Double
        /// max_devi_f (eV/Å).
        var force: Double
        /// In its trajectory (ps).
        var time: Double
        var fingerprint: Fingerprint
    }

    static let bins = 3

    private let candidates: [Candidate]
    private let spacing: Double
    private let levels: ClosedRange<Double>

    /// - Parameters:
    ///   - levels: the trust levels of the forces (eV/Å).
    ///   - spacing: ps.
    init(_ candidates: [Candidate], levels: ClosedRange<Double>, spacing: Double) {
        self.candidates = candidates
        self.levels = levels
        self.spacing = spacing
    }

    /// So many candidates at most, in the order in which they are to be bought.
    ///
    /// - Parameters:
    ///   - labelled: what is labelled already.
    ///   - stream: decides which of equals is first, and the order of the strata.
    func choose(_ count: Int, labelled: [Fingerprint], _ stream: inout RandomStream) -> [FramePlace] {
        guard !candidates.isEmpty, count > 0 else { return [] }
        let order = stream.permutation(candidates.count)
        let pool = order.map { candidates[$0] }
        let scales = Fingerprint.scales(pool.map(\.fingerprint))
        var centres = KCentre(pool.map { $0.fingerprint.scaled(scales) })
        let points = pool.map { $0.fingerprint.scaled(scales) }
        for frame in labelled { centres.add(centre: frame.scaled(scales)) }

        var strata = Dictionary(grouping: pool.indices, by: { stratum(pool[$0]) })
        let weights = strata.mapValues { Double($0.count).squareRoot() }
        var taken: [[Double]: Int] = [:]
        var chosen: [Int] = []
        while chosen.count < count {
            // The stratum that is farthest behind its share is next.
            guard
                let next = strata.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }).min(by: { a, b in
                    Double(taken[a, default: 0] + 1) / weights[a]! < Double(taken[b, default: 0] + 1) / weights[b]!
                }), let best = centres.farthest(of: strata[next]!)
            else { break }
            chosen.append(best)
            taken[next, default: 0] += 1
            centres.add(centre: points[best])
            for (stratum, members) in strata {
                let left = members.filter { $0 != best && !isNear(pool[$0], pool[best]) }
                strata[stratum] = left.isEmpty ? nil : left
            }
        }
        return chosen.map { pool[$0].place }
    }

    private func stratum(_ candidate: Candidate) -> [Double] {
        let width = (levels.upperBound - levels.lowerBound) / Double(Self.bins)
        let bin = width > 0 ? ((candidate.force - levels.lowerBound) / width).rounded(.down) : 0
        return [candidate.temperature, min(max(bin, 0), Double(Self.bins - 1))]
    }

    private func isNear(_ a: Candidate, _ b: Candidate) -> Bool {
        // Half a femtosecond is rounding.
        a.place.task == b.place.task && abs(a.time - b.time) < spacing - 5e-4
    }
}
