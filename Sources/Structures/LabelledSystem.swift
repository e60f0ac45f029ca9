import Files

/// Frames of one composition with their labels: what one deepmd/npy folder holds.
///
/// Flat arrays in the layout of the files; element (frame, atom, xyz) of `coordinates` is at
/// `(frame·atoms + atom)·3 + xyz`.
public struct LabelledSystem: Equatable, Sendable {
    /// The folder's name, for messages and tables.
    public var name: String
    /// Element symbols in the order of the types.
    public var typeMap: [String]
    /// One per atom, an index into `typeMap`.
    public var types: [Int]
    /// False when the folder carries `nopbc`.
    public var isPeriodic: Bool
    /// [frames, atoms, 3] (Å).
    public var coordinates: [Double]
    /// [frames, 9] (Å), rows a, b, c.
    public var boxes: [Double]
    /// [frames] (eV); empty when the data carry none.
    public var energies: [Double]
    /// [frames, atoms, 3] (eV/Å); empty when the data carry none.
    public var forces: [Double]
    /// [frames, 9] (eV), Ξ_ab = Σ F_a r_b; nil when the data carry none.
    public var virials: [Double]?

    public init(
        name: String, typeMap: [String], types: [Int], isPeriodic: Bool = true, coordinates: [Double],
        boxes: [Double], energies: [Double], forces: [Double], virials: [Double]? = nil
    ) {
        self.name = name
        self.typeMap = typeMap
        self.types = types
        self.isPeriodic = isPeriodic
        self.coordinates = coordinates
        self.boxes = boxes
        self.energies = energies
        self.forces = forces
        self.virials = virials
    }

    public var atomCount: Int { types.count }
    public var frameCount: Int { boxes.count / 9 }

    /// The structure of one frame.
    ///
    /// - Throws: `InputError` when the frame's cell is singular or the type map names no element.
    public func structure(frame: Int) throws -> Structure {
        let species = try types.map { try Species(symbol: typeMap[$0], file: name, place: "type_map.raw") }
        let positions = vectors(coordinates, frame: frame)
        do {
            let cell = try Cell(Matrix3(rowMajor: boxes[frame * 9..<frame * 9 + 9]))
            return try Structure(cell: cell, species: species, positions: positions, isPeriodic: isPeriodic)
                .finite(file: name, place: "frame \(frame)")
        } catch let error as InputError {
            throw InputError(
                file: name, place: error.place ?? "frame \(frame)", problem: error.problem, mend: error.mend)
        }
    }

    /// The energy of one frame (eV), when the data carry energies.
    public func energy(frame: Int) -> Double? { energies.isEmpty ? nil : energies[frame] }

    /// The forces of one frame (eV/Å), one per atom; none when the data carry none.
    public func forces(frame: Int) -> [SIMD3<Double>] { forces.isEmpty ? [] : vectors(forces, frame: frame) }

    /// The virial of one frame (eV), when the data carry it.
    public func virial(frame: Int) -> Matrix3? {
        virials.map { Matrix3(rowMajor: $0[frame * 9..<frame * 9 + 9]) }
    }

    private func vectors(_ values: [Double], frame: Int) -> [SIMD3<Double>] {
        let start = frame * atomCount * 3
        return (0..<atomCount).map {
            SIMD3(values[start + 3 * $0], values[start + 3 * $0 + 1], values[start + 3 * $0 + 2])
        }
    }
}
