import Files

/// Coded as nine numbers, row-major.
extension Matrix3: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let values = try container.decode([Double].self)
        guard values.count == 9 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(values.count) numbers are no 3x3 matrix, which has nine")
        }
        self.init(rowMajor: values)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rowMajor)
    }
}

/// Coded as its vectors, a, b, c (Å).
extension Cell: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(try container.decode(Matrix3.self))
        } catch let error as InputError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.problem)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(vectors)
    }
}

/// Coded exactly: every number reads back as it was. Positions and velocities are flat, x y z of each atom.
extension Structure: Codable {
    private enum CodingKeys: String, CodingKey {
        case cell, species, positions, velocities, isPeriodic
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let species = try container.decode([Species].self, forKey: .species)
        func vectors(_ key: CodingKeys) throws -> [SIMD3<Double>]? {
            guard let flat = try container.decodeIfPresent([Double].self, forKey: key) else { return nil }
            guard flat.count == 3 * species.count else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "\(flat.count) numbers for \(species.count) atoms")
            }
            return stride(from: 0, to: flat.count, by: 3).map { SIMD3(flat[$0], flat[$0 + 1], flat[$0 + 2]) }
        }
        guard let positions = try vectors(.positions) else {
            throw DecodingError.keyNotFound(
                CodingKeys.positions, .init(codingPath: container.codingPath, debugDescription: "no positions"))
        }
        self.init(
            cell: try container.decode(Cell.self, forKey: .cell), species: species, positions: positions,
            velocities: try vectors(.velocities), isPeriodic: try container.decode(Bool.self, forKey: .isPeriodic))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(cell, forKey: .cell)
        try container.encode(species, forKey: .species)
        try container.encode(positions.flatMap { [$0.x, $0.y, $0.z] }, forKey: .positions)
        try container.encodeIfPresent(velocities?.flatMap { [$0.x, $0.y, $0.z] }, forKey: .velocities)
        try container.encode(isPeriodic, forKey: .isPeriodic)
    }
}
