import COpenBLAS

/// A matrix by which blocks of some dozen rows are multiplied again and again, laid out once for that: OpenBLAS would pack
/// it every time, which takes a sixth of such a product.
struct ConstantMatrix {
    let rows: Int
    let columns: Int
    /// In panels of `width` columns, each row-major, the last filled up with zeros; else as given.
    private let values: [Float]
    private let isPacked: Bool

    private static let width = TiledProduct.panelWidth

    /// - Parameter values: [rows, columns].
    init(rows: Int, columns: Int, _ values: [Float]) {
        (self.rows, self.columns) = (rows, columns)
        isPacked = columns % TiledProduct.columnMultiple == 0
        guard isPacked else {
            self.values = values
            return
        }
        let panels = (columns + Self.width - 1) / Self.width
        var packed = [Float](repeating: 0, count: panels * rows * Self.width)
        for row in 0..<rows {
            for column in 0..<columns {
                let (panel, place) = column.quotientAndRemainder(dividingBy: Self.width)
                packed[(panel * rows + row) * Self.width + place] = values[row * columns + column]
            }
        }
        self.values = packed
    }

    /// C = A·self for row-major A [count, rows] and C [count, columns].
    func multiply(_ a: UnsafePointer<Float>, count: Int, into c: UnsafeMutablePointer<Float>) {
        values.withUnsafeBufferPointer {
            if isPacked {
                TiledProduct.multiply(
                    count, columns, rows, a, $0.baseAddress!, rowB: Self.width, panelB: rows * Self.width, into: c)
            } else {
                // Row-major C = A·B is column-major Cᵀ = Bᵀ·Aᵀ.
                var (m, n, k) = (Int32(columns), Int32(count), Int32(rows))
                var (one, zero): (Float, Float) = (1, 0)
                SingleThreadedBLAS.ensure()
                sgemm_("N", "N", &m, &n, &k, &one, $0.baseAddress!, &m, a, &k, &zero, c, &m)
            }
        }
    }
}
