/// Products of a few dozen rows with a matrix that is read where it lies, tile by tile; BLAS packs it first.
enum TiledProduct {
    /// Columns of B come in whole groups of this size.
    static let columnMultiple = 8

    /// Columns that are made together.
    static let panelWidth = 2 * Lanes.scalarCount
    /// A panel's piece of this many rows stays in the nearer caches.
    private static let depth = 512

    /// C = A·B, or C += A·B with `adding`, for row-major A [m, k] and C [m, n].
    ///
    /// Every element is a sum over k in order, in pieces of `depth`, whatever m.
    /// - Parameters:
    ///   - n: a multiple of `columnMultiple`.
    ///   - b: rows of a panel lie `rowB` floats apart, panels of `panelWidth` columns `panelB`: that width in a row-major
    ///     matrix.
    static func multiply(
        _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, rowB: Int,
        panelB: Int? = nil, into c: UnsafeMutablePointer<Float>, adding: Bool = false
    ) {
        precondition(n % columnMultiple == 0, "the columns are no whole groups")
        for column in stride(from: 0, to: n, by: panelWidth) {
            let panel = b + column / panelWidth * (panelB ?? panelWidth)
            for first in stride(from: 0, to: k, by: depth) {
                for row in stride(from: 0, to: m, by: ProductTile.rows) {
                    let tile = ProductTile(
                        a: a + row * k + first, rowA: k, b: panel + first * rowB, rowB: rowB, c: c + row * n + column,
                        rowC: n, depth: min(depth, k - first), isAdded: adding || first > 0)
                    tile.fill(rows: min(m - row, ProductTile.rows), columns: n - column)
                }
            }
        }
    }
}
