/// The order of D = gr·gr[:M2]ᵀ in the fast evaluator: each product of two columns of gr once.
///
/// D[i, j] and D[j, i] are the same where both indices are below M2, so that the fitting net's weights of the two are added
/// and its first layer, the largest, has a quarter less to do. Row j holds the columns i = j ..< M1.
struct SquareLayout {
    /// M1 and M2.
    let width: Int
    let axis: Int

    var count: Int { rowStart(axis) }

    @inline(__always)
    func rowStart(_ j: Int) -> Int { j * width - j * (j - 1) / 2 }

    /// Where D[i, j] stands; i < M1, j < M2.
    func place(_ i: Int, _ j: Int) -> Int {
        let (row, column) = i < axis ? (min(i, j), max(i, j)) : (j, i)
        return rowStart(row) + column - row
    }
}
