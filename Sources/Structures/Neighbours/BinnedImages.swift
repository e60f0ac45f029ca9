import Files
import Foundation

/// The atoms of a cell and their images within the cutoff of it, sorted into bins: the search of `NeighbourList`, and of lists
/// that keep their pairs in an order of their own.
package struct BinnedImages: Sendable {
    /// More images than this mean a cell far too small for the cutoff, and memory in gigabytes.
    private static let mostImages = 2e7
    /// Translations are kept in 32 bits; positions beyond this many cells are a mistake.
    private static let mostCells = 1e8
    /// Widens the margins against rounding; a pair is decided by its distance, not by its bin.
    private static let slack = 1e-9

    private let cutoff: Double
    /// Lattice translation taken off each atom's position to bring it into the cell; what an image's `translations` lack for a
    /// pair that begins at this atom.
    package let wraps: [SIMD3<Int32>]
    /// Fractional coordinates of the atoms within the cell (or the bounding box), [0, 1].
    private let fractional: [SIMD3<Double>]
    /// The cutoff in fractional coordinates: cutoff / height of the cell.
    private let margin: SIMD3<Double>
    private let binCounts: SIMD3<Int>
    private let binsPerUnit: SIMD3<Double>

    /// Images in the order of the bins (c fastest): Cartesian coordinates, all x, all y, all z.
    private var coordinates: [Double] = []
    /// From one coordinate to the next: the images, and room for a vector over the end.
    private var stride = 0
    /// The atom of each image, and the lattice translation that takes its position as it was given to the image.
    package private(set) var atoms: [Int32] = []
    package private(set) var translations: [SIMD3<Int32>] = []
    /// Bins + 1 entries: where each bin's images begin.
    private var binStarts: [Int32] = []
    /// The place of each atom itself among the images.
    private var home: [Int32] = []

    /// - Parameter cutoff: in Å.
    /// - Throws: as `NeighbourList`.
    package init(_ structure: Structure, cutoff: Double) throws {
        guard cutoff.isFinite, cutoff > 0 else {
            throw InputError(
                problem: "the cutoff \(cutoff) Å is not a positive number", mend: "give it in Å, such as 6")
        }
        for (atom, position) in structure.positions.enumerated() {
            guard position.isFinite else {
                throw InputError(place: "atom \(atom)", problem: "its position \(position.words) is not finite")
            }
        }
        self.cutoff = cutoff
        let frame = structure.isPeriodic ? (structure.cell, .zero) : try Self.boundingBox(structure.positions, cutoff)
        let (cell, origin) = frame
        let wrapped = try Self.wrapped(structure, cell: cell, origin: origin)
        wraps = wrapped.translations
        fractional = wrapped.fractional
        margin = cutoff / cell.heights + Self.slack

        let imageLimit = structure.isPeriodic ? Double(structure.count) * (1 + 2 * margin).product : 0
        guard imageLimit < Self.mostImages else {
            throw InputError(
                problem: "the cell of \(cell.lengths.words) Å is too small for the cutoff \(cutoff) Å: "
                    + "\(imageLimit) images would be needed", mend: "check the cell's units, or build a supercell")
        }
        // Half the cutoff is the best width of a bin; wider ones when a sparse structure would leave most bins empty.
        let most = 4 * (max(imageLimit, Double(structure.count)) + 64)
        let ideal = (1 + 2 * margin) / (0.5 * margin)
        let shrink = ideal.product > most ? cbrt(most / ideal.product) : 1
        binCounts = SIMD3(
            max(1, Int(min(ideal.x * shrink, most))), max(1, Int(min(ideal.y * shrink, most))),
            max(1, Int(min(ideal.z * shrink, most))))
        binsPerUnit = SIMD3(Double(binCounts.x), Double(binCounts.y), Double(binCounts.z)) / (1 + 2 * margin)
        sortImages(of: cell, origin: origin, isPeriodic: structure.isPeriodic)
    }

    /// The pairs in compressed rows, as `NeighbourList` keeps them.
    func pairs() -> (offsets: [Int], neighbours: [Int32], shifts: [SIMD3<Int32>]) {
        var offsets = [0]
        offsets.reserveCapacity(fractional.count + 1)
        var found = [Int32](repeating: 0, count: 160 * fractional.count)
        var total = 0
        for atom in fractional.indices {
            total = neighbours(of: atom, into: &found, from: total)
            offsets.append(total)
        }
        let neighbours = [Int32](unsafeUninitializedCapacity: total) { buffer, count in
            for k in 0..<total { buffer[k] = atoms[Int(found[k])] }
            count = total
        }
        let shifts = [SIMD3<Int32>](unsafeUninitializedCapacity: total) { buffer, count in
            for atom in fractional.indices {
                let own = wraps[atom]
                for k in offsets[atom]..<offsets[atom + 1] {
                    (buffer.baseAddress! + k).initialize(to: translations[Int(found[k])] &+ own)
                }
            }
            count = total
        }
        return (offsets, neighbours, shifts)
    }

    /// Writes the images closer than the cutoff to an atom to `found` from `start` on, which grows as needed; returns where
    /// they end.
    package func neighbours(of atom: Int, into found: inout [Int32], from start: Int = 0) -> Int {
        let low = bin(of: fractional[atom] - margin)
        let high = bin(of: fractional[atom] + margin)
        let own = Int(home[atom])
        var end = start
        for i in low.x...high.x {
            for j in low.y...high.y {
                // Bins along c are neighbours in memory: one run of images.
                let row = (i * binCounts.y + j) * binCounts.z
                let first = Int(binStarts[row + low.z])
                let last = Int(binStarts[row + high.z + 1])
                if end + last - first > found.count {
                    found.append(contentsOf: repeatElement(0, count: found.count + last - first))
                }
                if first <= own, own < last {
                    end = scan(first..<own, near: own, found: &found, end)
                    end = scan(own + 1..<last, near: own, found: &found, end)
                } else {
                    end = scan(first..<last, near: own, found: &found, end)
                }
            }
        }
        return end
    }

    /// The inner loop: keeps every image by writing it and advancing only when it is near, without a branch.
    @inline(__always)
    private func scan(_ images: Range<Int>, near own: Int, found: inout [Int32], _ start: Int) -> Int {
        typealias Four = SIMD4<Double>
        return coordinates.withUnsafeBufferPointer { coordinates in
            found.withUnsafeMutableBufferPointer { found in
                let x = coordinates.baseAddress!
                let (y, z) = (x + stride, x + 2 * stride)
                let (xi, yi, zi) = (Four(repeating: x[own]), Four(repeating: y[own]), Four(repeating: z[own]))
                let limit = cutoff * cutoff
                var (image, end) = (images.lowerBound, start)
                @inline(__always) func load(_ values: UnsafePointer<Double>) -> Four {
                    UnsafeRawPointer(values + image).loadUnaligned(as: Four.self)
                }
                while image < images.upperBound {
                    let (dx, dy, dz) = (load(x) - xi, load(y) - yi, load(z) - zi)
                    // Negative for those within the cutoff.
                    let excess = unsafeBitCast(dx * dx + dy * dy + dz * dz - limit, to: SIMD4<UInt64>.self)
                    for lane in 0..<4 where image + lane < images.upperBound {
                        found[end] = Int32(truncatingIfNeeded: image &+ lane)
                        end &+= Int(truncatingIfNeeded: excess[lane] &>> 63)
                    }
                    image &+= 4
                }
                return end
            }
        }
    }

    /// The bin of a point in fractional coordinates, those outside all bins in the outermost.
    private func bin(of s: SIMD3<Double>) -> SIMD3<Int> {
        let scaled = ((s + margin) * binsPerUnit).rounded(.down)
        return SIMD3(
            min(max(Int(scaled.x), 0), binCounts.x - 1), min(max(Int(scaled.y), 0), binCounts.y - 1),
            min(max(Int(scaled.z), 0), binCounts.z - 1))
    }
}

extension BinnedImages {
    /// Counting sort of the atoms and their images within `margin` of the cell.
    private mutating func sortImages(of cell: Cell, origin: SIMD3<Double>, isPeriodic: Bool) {
        var imageAtoms: [Int32] = []
        var imageTranslations: [SIMD3<Int32>] = []
        var bins: [Int32] = []
        for (atom, s) in fractional.enumerated() {
            let low = isPeriodic ? (-margin - s).rounded(.up) : .zero
            let high = isPeriodic ? (1 + margin - s).rounded(.down) : .zero
            for i in Int32(low.x)...Int32(high.x) {
                for j in Int32(low.y)...Int32(high.y) {
                    for k in Int32(low.z)...Int32(high.z) {
                        let bin = bin(of: s + SIMD3(Double(i), Double(j), Double(k)))
                        bins.append(Int32((bin.x * binCounts.y + bin.y) * binCounts.z + bin.z))
                        imageAtoms.append(Int32(atom))
                        imageTranslations.append(SIMD3(i, j, k))
                    }
                }
            }
        }
        var starts = [Int32](repeating: 0, count: binCounts.x * binCounts.y * binCounts.z + 1)
        for bin in bins { starts[Int(bin) + 1] += 1 }
        for bin in 1..<starts.count { starts[bin] += starts[bin - 1] }
        binStarts = starts

        let cartesian = fractional.map { cell.cartesian($0) }
        stride = bins.count + 4
        coordinates = [Double](repeating: 0, count: 3 * stride)
        atoms = [Int32](repeating: 0, count: bins.count)
        translations = [SIMD3<Int32>](repeating: .zero, count: bins.count)
        home = [Int32](repeating: 0, count: fractional.count)
        for image in bins.indices {
            let place = Int(starts[Int(bins[image])])
            starts[Int(bins[image])] += 1
            let atom = Int(imageAtoms[image])
            let t = imageTranslations[image]
            let r = cartesian[atom] + SIMD3(Double(t.x), Double(t.y), Double(t.z)) * cell.vectors
            for axis in 0..<3 { coordinates[axis * stride + place] = r[axis] }
            atoms[place] = Int32(atom)
            translations[place] = t &- wraps[atom]
            if t == .zero { home[atom] = Int32(place) }
        }
    }

    /// Fractional coordinates brought into [0, 1] and the lattice translations that were taken off for it.
    private static func wrapped(
        _ structure: Structure, cell: Cell, origin: SIMD3<Double>
    ) throws -> (fractional: [SIMD3<Double>], translations: [SIMD3<Int32>]) {
        var fractional: [SIMD3<Double>] = []
        var translations: [SIMD3<Int32>] = []
        fractional.reserveCapacity(structure.count)
        translations.reserveCapacity(structure.count)
        for (atom, position) in structure.positions.enumerated() {
            let s = cell.fractional(position - origin)
            let whole = structure.isPeriodic ? s.rounded(.down) : .zero
            guard abs(whole.x) < mostCells, abs(whole.y) < mostCells, abs(whole.z) < mostCells else {
                throw InputError(
                    place: "atom \(atom)",
                    problem: "its position \(position.words) Å is over \(Int(mostCells)) cells away",
                    mend: "check the units; a run that gives such positions has blown up")
            }
            fractional.append(s - whole)
            translations.append(SIMD3(Int32(whole.x), Int32(whole.y), Int32(whole.z)))
        }
        return (fractional, translations)
    }

    /// The box around the atoms of a cluster, at least as wide as the cutoff.
    private static func boundingBox(_ positions: [SIMD3<Double>], _ cutoff: Double) throws -> (Cell, SIMD3<Double>) {
        guard let first = positions.first else { return (try Cell(a: cutoff, b: cutoff, c: cutoff), .zero) }
        var (low, high) = (first, first)
        for r in positions {
            low = pointwiseMin(low, r)
            high = pointwiseMax(high, r)
        }
        let size = pointwiseMax(high - low, SIMD3(repeating: cutoff))
        return (try Cell(a: size.x, b: size.y, c: size.z), low)
    }
}

extension SIMD3 where Scalar == Double {
    fileprivate var product: Double { x * y * z }
}
