/// What the nodes of several classes have in common.
extension ModelNode {
    /// rcut (Å): below the shorter no pair of atoms interacts, and beyond the longer a sphere holds half a million of them.
    private static let shortestCutoff = 0.8
    private static let longestCutoff = 50.0
    /// dstd and |davg| (1/Å), with ample room: real ones are 0.01 to 1.
    private static let statistics = 1e-6...1e6

    func precision() throws -> Precision {
        guard let node = try optional("precision") else { return .float64 }
        guard let precision = Precision(deepmdName: try node.string()) else {
            throw node.unsupported("float64 and float32 are supported")
        }
        return precision
    }

    func checkTanh() throws {
        guard let node = try optional("activation_function"), try node.string() != "tanh" else { return }
        throw node.unsupported("only tanh is supported")
    }

    /// The networks of a `NetworkCollection`: types^dimensions of them.
    func networks(types: Int, dimensions: Int) throws -> [ModelNode] {
        try checkVersion(atMost: 1)
        let found = (try child("ndim").integer(), try child("ntypes").integer())
        guard found == (dimensions, types) else {
            throw failure("ndim = \(found.0) and ntypes = \(found.1), expected \(dimensions) and \(types)")
        }
        let nets = try child("networks").elements()
        let expected = dimensions == 1 ? types : types * types
        guard nets.count == expected else { throw failure("\(nets.count) networks, expected \(expected)") }
        return nets
    }

    /// rcut and rcut_smth (Å) of a descriptor, and its `env_mat` where it has one.
    func cutoffs() throws -> (cutoff: Double, smoothStart: Double) {
        let (cutoff, start) = (try child("rcut").number(), try child("rcut_smth").number())
        guard start >= 0, start < cutoff, (Self.shortestCutoff...Self.longestCutoff).contains(cutoff) else {
            throw failure(
                "rcut_smth = \(start) and rcut = \(cutoff) Å",
                mend: "0 <= rcut_smth < rcut, and rcut from \(Self.shortestCutoff) to \(Self.longestCutoff)")
        }
        if let matrix = try optional("env_mat") {
            try matrix.checkOff(["protection", "use_exp_switch"])
            try matrix.checkKeys(["rcut", "rcut_smth", "protection", "use_exp_switch"])
            for (key, value) in [("rcut", cutoff), ("rcut_smth", start)] {
                guard let node = try matrix.optional(key) else { continue }
                guard try node.number() == value else { throw node.failure("differs from the descriptor's \(value)") }
            }
        }
        return (cutoff, start)
    }

    /// sel of a descriptor, whose own type_map must be the model's.
    func selection(typeMap: [String]) throws -> [Int] {
        if let names = try optional("type_map"), try names.elements().map({ try $0.string() }) != typeMap {
            throw names.failure("the descriptor's type_map differs from the model's")
        }
        let sel = try child("sel").positiveIntegers()
        guard sel.count == typeMap.count else {
            throw failure("sel has \(sel.count) entries for \(typeMap.count) types")
        }
        return sel
    }

    /// davg and dstd of a descriptor by centre type.
    func statistics(types: Int, slots: Int) throws -> (averages: [SIMD4<Double>], deviations: [SIMD4<Double>]) {
        let variables = try child("@variables")
        let averages = try variables.child("davg").slotRows(types: types, slots: slots)
        let deviations = try variables.child("dstd").slotRows(types: types, slots: slots)
        guard
            deviations.allSatisfy({ $0.min() >= Self.statistics.lowerBound && $0.max() <= Self.statistics.upperBound })
        else {
            throw try variables.child("dstd").failure(
                "dstd has elements outside \(Self.statistics.lowerBound) to \(Self.statistics.upperBound)")
        }
        guard averages.allSatisfy({ max($0.max(), -$0.min()) <= Self.statistics.upperBound }) else {
            throw try variables.child("davg").failure("davg has elements beyond \(Self.statistics.upperBound)")
        }
        return (averages, deviations)
    }

    private static func words(_ v: SIMD4<Double>) -> String { "\(v.x) \(v.y) \(v.z) \(v.w)" }

    /// davg or dstd, [types, slots, 4] in the file. DeePMD-kit stores one row per slot, but they are equal by how
    /// they are made (one radial and one angular value per type), and only so do the slots not depend on the order.
    private func slotRows(types: Int, slots: Int) throws -> [SIMD4<Double>] {
        let array = try array()
        guard array.values.count == types * slots * 4 else {
            throw failure("expected the shape [\(types), \(slots), 4], found \(array.shape)")
        }
        return try (0..<types).map { type in
            let rows = (0..<slots).map { slot in
                let start = (type * slots + slot) * 4
                return SIMD4(
                    array.values[start], array.values[start + 1], array.values[start + 2], array.values[start + 3])
            }
            if let odd = rows.firstIndex(where: { $0 != rows[0] }) {
                throw failure(
                    "type \(type) has different values in slot 0 and slot \(odd): \(Self.words(rows[0])) and "
                        + Self.words(rows[odd]),
                    mend: "only statistics that are the same in all slots of a type are supported")
            }
            return rows[0]
        }
    }
}
