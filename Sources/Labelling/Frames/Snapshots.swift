import Structures

/// Snapshots of a trajectory as frames to label, also for the other materials: Ge replaced by M and the cell scaled.
public struct Snapshots: Sendable {
    /// The name of the trajectory, for the manifest.
    public var name: String
    public var structures: [Structure]

    public init(name: String, structures: [Structure]) {
        self.name = name
        self.structures = structures
    }

    /// Every `stride`th frame of an extended XYZ trajectory.
    ///
    /// - Throws: `InputError` as `ExtendedXYZ`, and when there is no frame.
    public init(trajectory path: String, stride: Int) throws {
        let frames = try ExtendedXYZ.read(path)
        self.init(
            name: path.split(separator: "/").last.map(String.init) ?? path,
            structures: frames.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element.structure))
        guard !structures.isEmpty else { throw InputError(file: path, problem: "the trajectory has no frames") }
    }

    /// The frames with `metal` in the place of Ge, and the cell multiplied by the ratio of Table II's PBE cells so that
    /// strains stay what they were. Atoms are sorted into the order Li, M, P, S.
    ///
    /// - Throws: `InputError` when the frames hold other elements.
    public func frames(of metal: Species) throws -> [QueuedFrame] {
        let ratio =
            try LGPSPrototype.ordered(metal, cell: metal == .germanium ? nil : .pbe).cell.lengths
            / LGPSPrototype.ordered().cell.lengths
        let order: [Species] = [.lithium, metal, .phosphorus, .sulfur]
        return try structures.enumerated().map { index, snapshot in
            let replaced = snapshot.replacing(.germanium, with: metal).scaled(
                to: try stretched(snapshot.cell, by: ratio))
            guard let stranger = replaced.species.first(where: { !order.contains($0) }) else {
                let atoms = order.flatMap { species in
                    replaced.species.indices.filter { replaced.species[$0] == species }
                }
                return QueuedFrame(
                    dataset: "Li10\(metal)P2S12-md", source: name, index: index,
                    structure: Structure(
                        cell: replaced.cell, species: atoms.map { replaced.species[$0] },
                        positions: atoms.map { replaced.positions[$0] }),
                    typeMap: order.map(\.symbol))
            }
            throw InputError(
                file: name, place: "frame \(index)", problem: "\(stranger) is not in Li10\(metal)P2S12",
                mend: "give a trajectory of Li10GeP2S12")
        }
    }

    /// The cell with its Cartesian axes stretched: a and b lie nearly along x and y, c along z.
    private func stretched(_ cell: Cell, by ratio: SIMD3<Double>) throws -> Cell {
        try Cell(Matrix3(cell.vectors[0] * ratio, cell.vectors[1] * ratio, cell.vectors[2] * ratio))
    }
}
