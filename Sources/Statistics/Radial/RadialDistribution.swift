import Files
import Structures

/// Radial distribution functions g(r) of all pairs of species, gathered over the frames of a trajectory.
///
/// g_ab(r) is the mean density of b at distance r from an a, over the mean density of b: (V / N_a N_b) times the ordered
/// pairs in a shell over its volume, frame by frame with that frame's V. For a = b the N_b is N_a − 1, the number of
/// others (as LAMMPS `compute rdf`), so that an ideal gas has g = 1. Distances beyond half the cell are counted over
/// all periodic images.
public struct RadialDistribution: Sendable, Codable {
    /// Å; bins share [0, maximumRadius] equally.
    public let maximumRadius: Double
    public let binCount: Int
    /// Elements present, by atomic number.
    public var elements: [Species] { groups.map { Species(symbol: $0.symbol)! } }
    public var frameCount: Int { distributions.frameCount }

    private struct Group: Codable, Sendable {
        let symbol: String
        let atoms: [Int]
    }
    private let atomCount: Int
    private let groups: [Group]
    /// g per pair and bin.
    private var distributions: SegmentedSums
    /// b within the bin, per a, per pair and bin.
    private var neighbours: SegmentedSums

    /// - Parameters:
    ///   - species: of every atom, in the order of the frames.
    ///   - maximumRadius: Å.
    ///   - binCount: bins up to it.
    /// - Throws: `InputError` when there is no atom, no bin or no range.
    public init(species: [Species], maximumRadius: Double, binCount: Int) throws {
        guard !species.isEmpty, maximumRadius > 0, maximumRadius.isFinite, binCount > 0 else {
            throw InputError(
                problem: "a radial distribution of \(species.count) atoms up to \(maximumRadius) Å in \(binCount) bins",
                mend: "give atoms, a radius above zero and at least one bin")
        }
        self.maximumRadius = maximumRadius
        self.binCount = binCount
        atomCount = species.count
        groups = Set(species).sorted().map { element in
            Group(symbol: element.symbol, atoms: species.indices.filter { species[$0] == element })
        }
        let pairs = groups.count * (groups.count + 1) / 2
        distributions = SegmentedSums(width: pairs * binCount)
        neighbours = SegmentedSums(width: pairs * binCount)
    }

    /// Counts one frame; its atoms must be those of the beginning, in the same order.
    ///
    /// - Throws: `InputError` when the number of atoms differs, the structure is not periodic or a position is not finite.
    public mutating func add(_ structure: Structure) throws {
        let place = "frame \(frameCount + 1)"
        guard structure.count == atomCount else {
            throw InputError(place: place, problem: "\(structure.count) atoms instead of \(atomCount)")
        }
        guard structure.isPeriodic else {
            throw InputError(
                place: place, problem: "the structure is not periodic and so has no density",
                mend: "radial distributions need a periodic cell")
        }
        let fractional = structure.fractionalPositions
        if let atom = fractional.firstIndex(where: { !$0.x.isFinite || !$0.y.isFinite || !$0.z.isFinite }) {
            throw InputError(
                place: "\(place), atom \(atom + 1)", problem: "the position is \(structure.positions[atom].words)")
        }
        let histogram = PairHistogram(cell: structure.cell, maximumRadius: maximumRadius, binCount: binCount)
        let coordinates = groups.map { group in group.atoms.map { fractional[$0] } }
        var (g, n): ([Double], [Double]) = ([], [])
        for a in groups.indices {
            for b in a..<groups.count {
                let counts =
                    a == b ? histogram.count(within: coordinates[a]) : histogram.count(coordinates[a], coordinates[b])
                let (first, second) = (Double(groups[a].atoms.count), Double(groups[b].atoms.count))
                let others = a == b ? max(1, second - 1) : second
                for (bin, count) in counts.enumerated() {
                    n.append(Double(count) / first)
                    g.append(Double(count) * structure.cell.volume / (first * others * shellVolume(bin)))
                }
            }
        }
        distributions.add(g)
        neighbours.add(n)
    }

    /// The average so far for one pair, or nil when an element is not there or no frame was counted.
    ///
    /// g is the same for both orders; the coordination number is that of `second` around a `first`.
    public func pair(_ first: Species, _ second: Species) -> PairDistribution? {
        guard let columns = columns(first, second), let a = elements.firstIndex(of: first),
            let b = elements.firstIndex(of: second)
        else { return nil }
        let (low, high) = (min(a, b), max(a, b))
        // Neighbours were counted around the lower of the two.
        let ratio = a <= b ? 1 : Double(groups[low].atoms.count) / Double(groups[high].atoms.count)
        var (g, coordination, within): ([Estimate], [Double], Double) = ([], [], 0)
        for column in columns {
            let blocks = try? BlockAverage(distributions.series(column))
            g.append(Estimate(value: distributions.mean(column), standardError: blocks?.standardError ?? .nan))
            within += ratio * neighbours.mean(column)
            coordination.append(within)
        }
        return PairDistribution(
            first: first, second: second, binWidth: maximumRadius / Double(binCount), g: g,
            coordination: coordination)
    }

    /// g in the first and in the second half of the frames, [bins] each, by whole segments; nil with fewer than two.
    public func halves(_ first: Species, _ second: Species) -> (first: [Double], second: [Double])? {
        guard let columns = columns(first, second) else { return nil }
        let series = columns.map { distributions.series($0) }
        let middle = (series.first?.count ?? 0) / 2
        guard middle > 0 else { return nil }
        func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
        return (series.map { mean($0[..<middle]) }, series.map { mean($0[middle...]) })
    }

    /// The columns of a pair's bins.
    private func columns(_ first: Species, _ second: Species) -> Range<Int>? {
        let elements = elements
        guard let a = elements.firstIndex(of: first), let b = elements.firstIndex(of: second), frameCount > 0 else {
            return nil
        }
        let (low, high) = (min(a, b), max(a, b))
        let pair = low * groups.count - low * (low - 1) / 2 + (high - low)
        return pair * binCount..<(pair + 1) * binCount
    }

    private func shellVolume(_ bin: Int) -> Double {
        let width = maximumRadius / Double(binCount)
        let (inner, outer) = (Double(bin) * width, Double(bin + 1) * width)
        return 4 / 3 * .pi * (outer * outer * outer - inner * inner * inner)
    }
}
