import Files

extension Structure {
    /// More atoms than this are a slip of the keyboard, and beyond the memory of most machines.
    static let largestCount = 100_000_000

    /// `na` x `nb` x `nc` copies of the structure in a cell that is as many times larger.
    ///
    /// Atom i of the copy (p, q, r) is at index ((p·nb + q)·nc + r)·count + i: whole cells one after another, c fastest,
    /// as ASE's `repeat` orders them. Velocities are copied too.
    ///
    /// - Throws: `InputError` when a number is not positive or the structure not periodic.
    public func supercell(_ na: Int, _ nb: Int, _ nc: Int) throws -> Structure {
        guard na > 0, nb > 0, nc > 0 else {
            throw InputError(
                problem: "a supercell of \(na)x\(nb)x\(nc) is none", mend: "give three positive numbers, such as 3x3x2")
        }
        guard Count.values(in: [na, nb, nc, count], bytesEach: 1, within: Self.largestCount) != nil else {
            throw InputError(
                problem: "a supercell of \(na)x\(nb)x\(nc) times \(count) atoms is beyond \(Self.largestCount) atoms",
                mend: "give smaller numbers")
        }
        guard isPeriodic else { throw InputError(problem: "a structure that is not periodic has no supercell") }
        let (a, b, c) = cell.vectors.rows
        var translations: [SIMD3<Double>] = []
        for p in 0..<na {
            for q in 0..<nb {
                for r in 0..<nc { translations.append(Double(p) * a + Double(q) * b + Double(r) * c) }
            }
        }
        return Structure(
            cell: try cell.scaled(by: SIMD3(Double(na), Double(nb), Double(nc))),
            species: translations.flatMap { _ in species },
            positions: translations.flatMap { translation in positions.map { $0 + translation } },
            velocities: velocities.map { velocities in translations.flatMap { _ in velocities } })
    }
}
