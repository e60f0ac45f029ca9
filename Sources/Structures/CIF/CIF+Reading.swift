import Files

extension CIF {
    /// Reads the first structure of the file at `path`. Standard uncertainties, as in 8.694(2), are dropped.
    ///
    /// - Throws: `InputError` naming the line, the tag and the value for all that is missing or does not fit.
    public init(contentsOf path: String) throws {
        try self.init(InputFile.text(at: path), file: path)
    }

    /// Parses `text`; `file` is for messages.
    public init(_ text: String, file: String) throws {
        let reader = CIFReader(file: file, tokens: try CIFTokens(text, file: file))
        comment = text.split(whereSeparator: \.isNewline).prefix { $0.hasPrefix("#") }
            .map { String($0.dropFirst($0.hasPrefix("# ") ? 2 : 1)) }.joined(separator: "\n")
        name = reader.tokens.name
        let cell = try reader.cell()
        let symbol = reader.text(["_space_group_name_h-m_alt", "_symmetry_space_group_name_h-m"])
        operations = try reader.operations(symbol: symbol, cell: cell)
        spaceGroup = symbol ?? (operations == [.identity] ? "P 1" : "?")
        asymmetricUnit = DisorderedStructure(cell: cell, sites: try reader.sites(cell: cell, operations))
    }
}

/// Looks values up in a tokenised CIF.
private struct CIFReader {
    let file: String
    let tokens: CIFTokens

    func error(_ token: CIFTokens.Token, _ problem: String, mend: String? = nil) -> InputError {
        InputError(file: file, place: "line \(token.line)", problem: problem, mend: mend)
    }

    func text(_ tags: [String]) -> String? {
        tags.lazy.compactMap { tokens.items[$0]?.first }.first { !$0.isAbsent }?.text
    }

    func cell() throws -> Cell {
        func value(_ tag: String) throws -> Double {
            guard let token = tokens.items[tag]?.first else {
                throw InputError(file: file, problem: "\(tag) is missing", mend: "a CIF needs the six cell parameters")
            }
            return try number(token, tag)
        }
        let (a, b, c) = (try value("_cell_length_a"), try value("_cell_length_b"), try value("_cell_length_c"))
        let alpha = try value("_cell_angle_alpha")
        let beta = try value("_cell_angle_beta")
        let gamma = try value("_cell_angle_gamma")
        do {
            guard min(a, b, c) > 0, min(alpha, beta, gamma) > 0, max(alpha, beta, gamma) < 180 else {
                throw InputError(problem: "not a parallelepiped")
            }
            return try Cell(a: a, b: b, c: c, alpha: alpha, beta: beta, gamma: gamma)
        } catch {
            throw InputError(
                file: file, problem: "the cell \(a) \(b) \(c) Å, \(alpha) \(beta) \(gamma)° is singular or impossible")
        }
    }

    func operations(symbol: String?, cell: Cell) throws -> [SymmetryOperation] {
        let tags = ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz"]
        let list = tags.compactMap { tokens.items[$0] }.first.map { $0.filter { !$0.isAbsent } } ?? []
        guard !list.isEmpty else {
            let written = text(["_space_group_it_number", "_symmetry_int_tables_number"])
            let number = written.flatMap { Count.exactly($0, in: 1...230) }
            if let written, number == nil, symbol == nil {
                throw InputError(
                    file: file, problem: "'\(written)' is no number of a space group, which are 1 to 230",
                    mend: "give one, or a loop of _space_group_symop_operation_xyz")
            }
            return try SpaceGroup.operations(name: symbol, number: number, cell: cell, file: file)
        }
        guard list.count <= 192 else {
            throw error(list[192], "more than 192 symmetry operations, as many as a space group can have")
        }
        return try list.map { token in
            guard let operation = SymmetryOperation(token.text) else {
                throw error(token, "'\(token.text)' is not a symmetry operation")
            }
            return operation
        }
    }

    func sites(cell: Cell, _ operations: [SymmetryOperation]) throws -> [DisorderedStructure.Site] {
        let axes = try ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"].map { tag in
            guard let column = tokens.items[tag] else { throw InputError(file: file, problem: "\(tag) is missing") }
            return (tag, column)
        }
        let labels = tokens.items["_atom_site_label"]
        guard let symbols = tokens.items["_atom_site_type_symbol"] ?? labels else {
            throw InputError(file: file, problem: "neither _atom_site_type_symbol nor _atom_site_label is there")
        }
        let occupancies = tokens.items["_atom_site_occupancy"]
        guard axes.allSatisfy({ $0.1.count == symbols.count }), occupancies?.count ?? symbols.count == symbols.count
        else { throw InputError(file: file, problem: "the columns of _atom_site have different lengths") }

        var sites: [DisorderedStructure.Site] = []
        for row in symbols.indices {
            let position = SIMD3(
                try number(axes[0].1[row], axes[0].0), try number(axes[1].1[row], axes[1].0),
                try number(axes[2].1[row], axes[2].0))
            let occupant = DisorderedStructure.Occupant(
                try species(symbols[row]), occupancy: try occupancy(occupancies?[row]))
            let images = operations.map { $0(position) }
            let isShared = { (site: DisorderedStructure.Site) in
                images.contains { CIF.distance(site.position, $0, cell) < CIF.tolerance }
            }
            if let index = sites.firstIndex(where: isShared) {
                sites[index].occupants.append(occupant)
                guard sites[index].occupancy < 1.02 else {
                    throw error(
                        symbols[row],
                        "the site \(sites[index].label) is occupied \(sites[index].occupancy) times, by symmetry or as it is",
                        mend: "list every site once")
                }
            } else {
                sites.append(.init(label: (labels ?? symbols)[row].text, position: position, occupants: [occupant]))
            }
        }
        guard !sites.isEmpty else { throw InputError(file: file, problem: "the file has no atoms") }
        return sites
    }

    /// "Li", "Li1+", "Li12A" and "LI1" are all lithium.
    private func species(_ token: CIFTokens.Token) throws -> Species {
        // Old programs write symbols in capitals: "SN1" is tin, no sulfur.
        let letters = token.text.prefix { $0.isLetter }.prefix(2).lowercased()
        let symbol = letters.prefix(1).uppercased() + letters.dropFirst()
        if let species = Species(symbol: symbol) ?? Species(symbol: symbol.prefix(1)) { return species }
        return try Species(symbol: token.text, file: file, place: "line \(token.line)")
    }

    private func occupancy(_ token: CIFTokens.Token?) throws -> Double {
        guard let token, !token.isAbsent else { return 1 }
        let value = try number(token, "_atom_site_occupancy")
        guard value > 0, value <= 1.005 else { throw error(token, "the occupancy \(value) is not within 0 and 1") }
        return min(value, 1)
    }

    /// A number, its standard uncertainty in parentheses dropped.
    private func number(_ token: CIFTokens.Token, _ tag: String) throws -> Double {
        let digits = token.text.prefix { $0 != "(" }
        guard let value = Double(digits), value.isFinite else {
            throw error(token, "\(tag): '\(token.text)' is not a finite number")
        }
        return value
    }
}
