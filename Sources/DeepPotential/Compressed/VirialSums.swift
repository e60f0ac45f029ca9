/// Σ f ⊗ r, summed lane by lane.
struct VirialSums {
    private var rows = (
        Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0),
        Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0)
    )

    @inline(__always)
    mutating func add(_ f: (Lanes, Lanes, Lanes), _ r: (Lanes, Lanes, Lanes)) {
        rows.0 += f.0 * r.0
        rows.1 += f.0 * r.1
        rows.2 += f.0 * r.2
        rows.3 += f.1 * r.0
        rows.4 += f.1 * r.1
        rows.5 += f.1 * r.2
        rows.6 += f.2 * r.0
        rows.7 += f.2 * r.1
        rows.8 += f.2 * r.2
    }

    /// Takes the lanes' totals from nine values, row-major.
    func subtract(from virial: UnsafeMutablePointer<Double>) {
        virial[0] -= Double(rows.0.total())
        virial[1] -= Double(rows.1.total())
        virial[2] -= Double(rows.2.total())
        virial[3] -= Double(rows.3.total())
        virial[4] -= Double(rows.4.total())
        virial[5] -= Double(rows.5.total())
        virial[6] -= Double(rows.6.total())
        virial[7] -= Double(rows.7.total())
        virial[8] -= Double(rows.8.total())
    }
}
