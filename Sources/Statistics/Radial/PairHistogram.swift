import Structures

/// Counts distances between points of a triclinic periodic cell, all images within the radius included.
struct PairHistogram {
    private let cell: Matrix3
    private let maximumRadius: Double
    private let binCount: Int
    /// Images to each side along a, b, c. A fractional distance brought into [−½, ½] needs no other image as long as
    /// the radius is below half the cell's height.
    private let images: SIMD3<Int>

    init(cell: Cell, maximumRadius: Double, binCount: Int) {
        self.cell = cell.vectors
        self.maximumRadius = maximumRadius
        self.binCount = binCount
        let reach = (maximumRadius / cell.heights + 0.5).rounded(.down)
        images = SIMD3(Int(reach.x), Int(reach.y), Int(reach.z))
    }

    /// Pairs of one point of each set, by bin.
    func count(_ first: [SIMD3<Double>], _ second: [SIMD3<Double>]) -> [Int] {
        var counts = [Int](repeating: 0, count: binCount)
        for a in first { count(from: a, to: second[...], weight: 1, into: &counts) }
        return counts
    }

    /// Ordered pairs of different points of one set, and of points with their own images, by bin.
    func count(within points: [SIMD3<Double>]) -> [Int] {
        var counts = [Int](repeating: 0, count: binCount)
        for (index, a) in points.enumerated() {
            count(from: a, to: points[(index + 1)...], weight: 2, into: &counts)
        }
        // Every point has its own images at the lattice vectors; the point itself, at distance zero, is left out.
        if images != .zero, !points.isEmpty {
            var own = [Int](repeating: 0, count: binCount)
            count(from: .zero, to: [.zero], weight: 1, into: &own)
            own[0] -= 1
            for bin in 0..<binCount { counts[bin] += points.count * own[bin] }
        }
        return counts
    }

    private func count(
        from origin: SIMD3<Double>, to points: ArraySlice<SIMD3<Double>>, weight: Int, into counts: inout [Int]
    ) {
        let (cell, images, bins) = (cell, images, binCount)
        let (limit, scale) = (maximumRadius * maximumRadius, Double(binCount) / maximumRadius)
        points.withUnsafeBufferPointer { points in
            counts.withUnsafeMutableBufferPointer { counts in
                for point in points {
                    let s = point - origin
                    let nearest = (s - s.rounded(.toNearestOrEven)) * cell
                    for i in -images.x...images.x {
                        for j in -images.y...images.y {
                            for k in -images.z...images.z {
                                let shift = SIMD3(Double(i), Double(j), Double(k)) * cell
                                let squared = (nearest + shift).dot(nearest + shift)
                                if squared < limit {
                                    // Rounding may put a distance just below the limit into a bin of its own.
                                    counts[min(bins - 1, Int(squared.squareRoot() * scale))] += weight
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
