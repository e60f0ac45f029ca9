import Files

/// Energy and virial of a frame's line of `key=value`.
struct ExtendedXYZLabels {
    /// eV.
    let energy: Double?
    /// eV, Ξ_ab = Σ F_a r_b.
    let virial: Matrix3?

    /// Takes the labels' keys out of `information`: the plain ones, or else those of MACE's training sets.
    init(_ information: inout [String: String], cell: Cell, _ line: TextLine) throws {
        func take(_ key: String, unless plain: String? = nil) -> String? {
            guard plain.map({ information[$0] == nil }) ?? true else { return nil }
            return information.removeValue(forKey: key)
        }
        func tensor(_ text: String?, _ key: String) throws -> Matrix3? {
            guard let text else { return nil }
            let v = try Self.numbers(text, key, [9, 6], line)
            if v.count == 6 { return Matrix3(rowMajor: [v[0], v[5], v[4], v[5], v[1], v[3], v[4], v[3], v[2]]) }
            // Nine numbers in a row are by columns, nested brackets by rows.
            let matrix = Matrix3(rowMajor: v)
            return text.contains("[") ? matrix : matrix.transpose
        }
        let reference = take("REF_energy", unless: "energy")
        energy = try (take("energy") ?? reference).map { try line.number($0, "energy") }
        let referenceVirial = take("REF_virial", unless: "virial")
        let referenceStress = take("REF_stress", unless: "stress")
        let stress = try tensor(take("stress") ?? referenceStress, "stress").map { -cell.volume * $0 }
        virial = try tensor(take("virial") ?? referenceVirial, "virial") ?? stress
    }

    static func numbers(_ text: String, _ key: String, _ counts: [Int], _ line: TextLine) throws -> [Double] {
        let words = text.split { " ,\t[]".contains($0) }
        guard counts.contains(words.count) else {
            throw line.error(
                "\(key) needs \(counts.map(String.init).joined(separator: " or ")) numbers, found '\(text)'")
        }
        return try words.map { try line.number($0, key) }
    }
}
