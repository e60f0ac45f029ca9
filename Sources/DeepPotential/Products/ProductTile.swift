/// A tile of a matrix product C = A·B, made in registers: up to eight rows (four with AVX2), one or two vectors wide.
struct ProductTile {
    var a: UnsafePointer<Float>
    let rowA: Int
    var b: UnsafePointer<Float>
    let rowB: Int
    var c: UnsafeMutablePointer<Float>
    let rowC: Int
    /// The columns of A, rows of B.
    let depth: Int
    /// Whether the product is added to C.
    let isAdded: Bool

    #if LGPS_WIDE_VECTORS
        static let rows = 8
    #else
        static let rows = 4
    #endif

    /// - Parameters:
    ///   - rows: at most `ProductTile.rows`.
    ///   - columns: what is left of C's row; two vectors are made at most.
    func fill(rows: Int, columns: Int) {
        let lanes = Lanes.scalarCount
        if columns >= 2 * lanes { return rows > 4 ? fillTallDouble(rows) : fillDouble(rows) }
        var rest = self
        if columns >= lanes {
            fillSingle(rows)
            rest.b += lanes
            rest.c += lanes
        }
        if columns % lanes > 0 { rest.fillEight(rows) }
    }

    // Functions of their own, as the compiler would keep sums in memory where their ways meet.
    @inline(never) private func fillTallDouble(_ rows: Int) { fill(Lanes.self, rows, isTall: true, isDouble: true) }
    @inline(never) private func fillDouble(_ rows: Int) { fill(Lanes.self, rows, isTall: false, isDouble: true) }
    @inline(never) private func fillSingle(_ rows: Int) { fill(Lanes.self, rows, isTall: true, isDouble: false) }
    @inline(never) private func fillEight(_ rows: Int) { fill(SIMD8<Float>.self, rows, isTall: true, isDouble: false) }

    /// - Parameters:
    ///   - isTall: eight rows instead of four; a constant, as is `isDouble`.
    ///   - isDouble: two vectors wide.
    @inline(__always)
    private func fill<V: SIMD>(_: V.Type, _ rows: Int, isTall: Bool, isDouble: Bool) where V.Scalar == Float {
        // Rows past the end are the last one again, and not stored.
        let upper = FourRows(a, rowA, from: 0, of: rows)
        let lower = isTall ? FourRows(a, rowA, from: 4, of: rows) : upper
        var (upper0, upper1, lower0, lower1) = (FourSums<V>(), FourSums<V>(), FourSums<V>(), FourSums<V>())
        var row = b
        for column in 0..<depth {
            let x = FourSums<V>.load(row)
            upper0.add(x, upper, column)
            if isTall { lower0.add(x, lower, column) }
            if isDouble {
                let y = FourSums<V>.load(row + V.scalarCount)
                upper1.add(y, upper, column)
                if isTall { lower1.add(y, lower, column) }
            }
            row += rowB
        }
        upper0.store(c, rowC, rows: rows, isAdded: isAdded)
        if isTall { lower0.store(c + 4 * rowC, rowC, rows: rows - 4, isAdded: isAdded) }
        if isDouble {
            let c = c + V.scalarCount
            upper1.store(c, rowC, rows: rows, isAdded: isAdded)
            if isTall { lower1.store(c + 4 * rowC, rowC, rows: rows - 4, isAdded: isAdded) }
        }
    }
}

/// Where four rows of A begin.
private struct FourRows {
    let a0, a1, a2, a3: UnsafePointer<Float>

    @inline(__always)
    init(_ a: UnsafePointer<Float>, _ rowA: Int, from first: Int, of rows: Int) {
        let last = rows - 1
        a0 = a + min(first, last) &* rowA
        a1 = a + min(first + 1, last) &* rowA
        a2 = a + min(first + 2, last) &* rowA
        a3 = a + min(first + 3, last) &* rowA
    }
}

/// Four rows of a tile, one vector wide.
private struct FourSums<V: SIMD> where V.Scalar == Float {
    private var (s0, s1, s2, s3) = (V.zero, V.zero, V.zero, V.zero)

    @inline(__always)
    static func load(_ p: UnsafePointer<Float>) -> V { UnsafeRawPointer(p).loadUnaligned(as: V.self) }

    @inline(__always)
    mutating func add(_ x: V, _ rows: FourRows, _ column: Int) {
        s0 = s0.addingProduct(x, V(repeating: rows.a0[column]))
        s1 = s1.addingProduct(x, V(repeating: rows.a1[column]))
        s2 = s2.addingProduct(x, V(repeating: rows.a2[column]))
        s3 = s3.addingProduct(x, V(repeating: rows.a3[column]))
    }

    @inline(__always)
    func store(_ c: UnsafeMutablePointer<Float>, _ rowC: Int, rows: Int, isAdded: Bool) {
        if rows > 0 { Self.store(s0, c, isAdded) }
        if rows > 1 { Self.store(s1, c + rowC, isAdded) }
        if rows > 2 { Self.store(s2, c + 2 * rowC, isAdded) }
        if rows > 3 { Self.store(s3, c + 3 * rowC, isAdded) }
    }

    @inline(__always)
    private static func store(_ sums: V, _ c: UnsafeMutablePointer<Float>, _ isAdded: Bool) {
        UnsafeMutableRawPointer(c).storeBytes(of: isAdded ? load(c) + sums : sums, as: V.self)
    }
}
