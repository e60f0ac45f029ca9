import Parallel
import Structures

/// Finds the rows of a `SkinList` on all threads.
///
/// The images of the atoms are numbered by (type, atom, translation); a row is brought into that order by marking its
/// images in a set of bits, which is then read off.
struct SkinSearch {
    /// Atoms sorted by (type, atom), one row each.
    let centres: [Int32]
    private let typeCount: Int
    private let images: BinnedImages
    /// By place among `images`: the canonical number.
    private let numbers: [Int32]
    private let byNumber: [Image]
    /// The images' translations.
    private let translations: [SIMD3<Int32>]

    /// - Parameters:
    ///   - types: of the atoms, below `typeCount`.
    ///   - cutoff: with the skin (Å).
    /// - Throws: as `NeighbourList`.
    init(_ structure: Structure, types: [Int], typeCount: Int, cutoff: Double) throws {
        images = try BinnedImages(structure, cutoff: cutoff)
        self.typeCount = typeCount
        centres = (0..<structure.count).map(Int32.init).sorted { (types[Int($0)], $0) < (types[Int($1)], $1) }
        let places = Self.canonicalOrder(of: images, centres: centres)
        var numbers = [Int32](repeating: 0, count: places.count)
        for (number, place) in places.enumerated() { numbers[Int(place)] = Int32(number) }
        self.numbers = numbers
        var translations = DistinctTranslations()
        byNumber = places.map { [images] place in
            let atom = images.atoms[Int(place)]
            return Image(
                atom: atom, type: Int32(types[Int(atom)]),
                translation: translations.index(of: images.translations[Int(place)]))
        }
        self.translations = translations.values
    }

    /// The places of the images, by (type, atom, translation).
    private static func canonicalOrder(of images: BinnedImages, centres: [Int32]) -> [Int32] {
        var ends = [Int](repeating: 0, count: centres.count)
        for atom in images.atoms { ends[Int(atom)] += 1 }
        var total = 0
        for atom in centres {
            let count = ends[Int(atom)]
            ends[Int(atom)] = total
            total += count
        }
        let starts = ends
        var places = [Int32](repeating: 0, count: total)
        for (place, atom) in images.atoms.enumerated() {
            // The images of one atom are few: each sinks to its place.
            var slot = ends[Int(atom)]
            ends[Int(atom)] += 1
            let own = images.translations[place]
            while slot > starts[Int(atom)], own.precedes(images.translations[Int(places[slot - 1])]) {
                places[slot] = places[slot - 1]
                slot -= 1
            }
            places[slot] = Int32(place)
        }
        return places
    }

    /// Writes the entries of all rows to `entries`, which grows as needed.
    ///
    /// - Returns: where the entries of each row and neighbour type start, and the lattice translations of the entries.
    func rows(into entries: inout [SkinList.Entry], pool: WorkerPool) -> (starts: [Int], shifts: [SIMD3<Int32>]) {
        let pieceCount = (centres.count + SkinRows.count - 1) / SkinRows.count
        var pieces = (0..<pieceCount).map { piece in
            SkinRows(piece * SkinRows.count..<min((piece + 1) * SkinRows.count, centres.count), typeCount: typeCount)
        }
        let workers = (0..<pool.threads).map { _ in
            SkinSearchWorker(images: numbers.count, translations: translations.count)
        }
        pieces.withUnsafeMutableBufferPointer { pieces in
            let pieces = pieces.baseAddress!
            pool.parallel(pieceCount) { piece, worker in fill(&pieces[piece], worker: workers[worker]) }
        }

        var starts = [0]
        starts.reserveCapacity(centres.count * typeCount + 1)
        var shifts = DistinctTranslations()
        let shiftIndices = pieces.map { piece in
            for count in piece.counts { starts.append(starts[starts.count - 1] + Int(count)) }
            return piece.shifts.values.map { shifts.index(of: $0) }
        }
        let total = starts[starts.count - 1]
        if entries.count < total {
            // A little more than needed: the numbers of later lists scatter about this one.
            entries = [SkinList.Entry](repeating: SkinList.Entry(atom: 0, shift: 0), count: total + total / 16)
        }
        entries.withUnsafeMutableBufferPointer { entries in
            let target = entries.baseAddress!
            pool.parallel(pieceCount) { index, _ in
                let (piece, shiftIndices) = (pieces[index], shiftIndices[index])
                var end = target + starts[piece.rows.lowerBound * typeCount]
                for entry in piece.entries {
                    end.pointee = SkinList.Entry(atom: entry.atom, shift: shiftIndices[Int(entry.shift)])
                    end += 1
                }
            }
        }
        return (starts, shifts.values)
    }

    /// Finds the rows of a piece.
    private func fill(_ piece: inout SkinRows, worker: SkinSearchWorker) {
        let (marks, shifts) = (worker.marks, worker.shifts)
        worker.forgetShifts()
        var lastWrap = SIMD3<Int32>.zero
        for (index, row) in piece.rows.enumerated() {
            let centre = Int(centres[row])
            let wrap = images.wraps[centre]
            if wrap != lastWrap { worker.forgetShifts() }
            lastWrap = wrap
            let count = images.neighbours(of: centre, into: &worker.found)
            worker.found.withUnsafeBufferPointer { found in
                for k in 0..<count { marks.insert(Int(numbers[Int(found[k])])) }
            }
            let start = piece.entries.count
            piece.entries.append(contentsOf: repeatElement(SkinList.Entry(atom: 0, shift: 0), count: count))
            piece.entries.withUnsafeMutableBufferPointer { entries in
                piece.counts.withUnsafeMutableBufferPointer { counts in
                    var entry = entries.baseAddress! + start
                    let counts = counts.baseAddress! + index * typeCount
                    marks.removeAll { number in
                        let image = byNumber[number]
                        if shifts[Int(image.translation)] < 0 {
                            shifts[Int(image.translation)] = piece.shifts.index(
                                of: translations[Int(image.translation)] &+ wrap)
                        }
                        entry.pointee = SkinList.Entry(atom: image.atom, shift: shifts[Int(image.translation)])
                        entry += 1
                        counts[Int(image.type)] &+= 1
                    }
                }
            }
        }
    }

    /// What an entry is made of.
    private struct Image {
        let atom: Int32
        let type: Int32
        /// Index into `translations`.
        let translation: Int32
    }
}

/// Consecutive rows, made by one thread.
private struct SkinRows {
    /// Rows of a piece: enough to be worth a call, few enough to keep many threads busy.
    static let count = 32

    let rows: Range<Int>
    /// The shifts are indices into this piece's `shifts`.
    var entries: [SkinList.Entry] = []
    /// Entries by row and neighbour type.
    var counts: [Int32]
    var shifts = DistinctTranslations()

    init(_ rows: Range<Int>, typeCount: Int) {
        self.rows = rows
        counts = [Int32](repeating: 0, count: rows.count * typeCount)
    }
}

/// One thread's memory during a search.
private final class SkinSearchWorker: @unchecked Sendable {
    var found = [Int32](repeating: 0, count: 1024)
    let marks: MarkedNumbers
    /// By translation: the index of the shift in the present piece for centres with the present wrap, or −1.
    let shifts: UnsafeMutablePointer<Int32>
    private let translations: Int

    init(images: Int, translations: Int) {
        marks = MarkedNumbers(below: images)
        shifts = .allocate(capacity: translations)
        self.translations = translations
    }

    deinit { shifts.deallocate() }

    func forgetShifts() { shifts.update(repeating: -1, count: translations) }
}

/// Lattice translations, each once, and where each is.
private struct DistinctTranslations {
    private(set) var values: [SIMD3<Int32>] = []
    private var indices: [SIMD3<Int32>: Int32] = [:]

    mutating func index(of translation: SIMD3<Int32>) -> Int32 {
        if let index = indices[translation] { return index }
        indices[translation] = Int32(values.count)
        values.append(translation)
        return Int32(values.count - 1)
    }
}

extension SIMD3<Int32> {
    /// The order of lattice translations: by z, then y, then x.
    fileprivate func precedes(_ other: Self) -> Bool { (z, y, x) < (other.z, other.y, other.x) }
}
