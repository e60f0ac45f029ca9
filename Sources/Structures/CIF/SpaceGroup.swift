import Files

/// The operations of a space group that a CIF names without listing them.
enum SpaceGroup {
    /// - Parameters:
    ///   - name: Hermann-Mauguin symbol; nil when the file has none.
    ///   - number: of the International Tables; nil when the file has none.
    ///   - cell: which the operations must leave as it is.
    /// - Throws: `InputError` when neither tells the operations, they contradict each other, or the cell is of another
    ///   setting.
    static func operations(name: String?, number: Int?, cell: Cell, file: String) throws -> [SymmetryOperation] {
        let told = [name.map { "the space group is \($0)" }, number.map { "its number is \($0)" }].compactMap { $0 }
        func failure(_ problem: String) -> InputError {
            InputError(
                file: file, problem: "\(told.joined(separator: ", ")) but \(problem)",
                mend: "add a loop of _space_group_symop_operation_xyz")
        }
        guard !told.isEmpty else {
            throw InputError(
                file: file, problem: "the file tells neither a space group nor symmetry operations",
                mend: "add a loop of _space_group_symop_operation_xyz; 'x,y,z' alone means P 1")
        }
        let found = SpaceGroupTable.entries.first { entry in
            (name.map { symbols(of: entry).contains(plain($0)) } ?? true) && (number.map { $0 == entry.number } ?? true)
        }
        guard let found else {
            throw failure(
                name == nil
                    ? "that group has two choices of the origin, and the file does not tell which"
                    : "its operations are not listed, and these do not tell them")
        }
        let operations = group(found.generators)
        guard operations.allSatisfy({ keeps(cell, $0) }) else {
            throw failure("its operations are not listed, and the cell is not that of the standard setting")
        }
        return operations
    }

    /// Without blanks and underscores, the choice of axes dropped.
    private static func plain(_ symbol: String) -> String {
        String(symbol.prefix { $0 != ":" }.filter { !$0.isWhitespace && $0 != "_" }).lowercased()
    }

    /// The short symbol, and for monoclinic groups the full one: "P 1 21/c 1".
    private static func symbols(of entry: SpaceGroupTable.Entry) -> [String] {
        let symbol = plain(entry.symbol)
        return (3...15).contains(entry.number) ? [symbol, "\(symbol.prefix(1))1\(symbol.dropFirst())1"] : [symbol]
    }

    /// All products of the generators.
    static func group(_ generators: [SymmetryOperation]) -> [SymmetryOperation] {
        var all = [SymmetryOperation.identity]
        var next = 0
        while next < all.count {
            for generator in generators {
                let product = generator * all[next]
                if !all.contains(product) { all.append(product) }
            }
            next += 1
        }
        return all
    }

    /// Whether lengths and angles of the cell stay what they are.
    private static func keeps(_ cell: Cell, _ operation: SymmetryOperation) -> Bool {
        // The images of a, b, c: columns of W.
        let images = (0..<3).map { axis in
            (0..<3).reduce(SIMD3<Double>.zero) { $0 + operation.rotation[$1][axis] * cell.vectors[$1] }
        }
        return (0..<3).allSatisfy { i in
            (i..<3).allSatisfy { j in
                let scale = cell.lengths[i] * cell.lengths[j]
                // Refined cells are symmetric within their errors; a thousandth is far beyond those.
                return abs(images[i].dot(images[j]) - cell.vectors[i].dot(cell.vectors[j])) < 2e-3 * scale
            }
        }
    }
}

extension SymmetryOperation {
    /// First `right`, then `left`; translations of the table's groups are multiples of 1/24.
    static func * (left: SymmetryOperation, right: SymmetryOperation) -> SymmetryOperation {
        let rows = left.rotation.map { row in
            (0..<3).reduce(SIMD3<Double>.zero) { $0 + row[$1] * right.rotation[$1] }
        }
        let moved = left(right.translation)
        let whole = (24 * moved).rounded(.toNearestOrEven)
        return SymmetryOperation(rotation: rows, translation: (whole - 24 * (whole / 24).rounded(.down)) / 24)
    }
}
