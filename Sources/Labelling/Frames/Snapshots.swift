import Files
import Structures

/// Snapshots of a trajectory as frames to label: of the material that they hold, or of another one that they are made into.
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

    /// Every frame as the material that it holds.
    ///
    /// - Throws: `InputError` when a frame holds no material's M, or several.
    public func frames() throws -> [QueuedFrame] {
        try structures.enumerated().map { index, snapshot in
            try frame(index, snapshot, of: try material(of: snapshot, frame: index))
        }
    }

    /// The frames as `material`: those that hold its M are taken as they are; in those of Li10GeP2S12 Ge is replaced, and
    /// the cell multiplied by the ratio of `cell` to the prototype's, so that strains stay what they were.
    ///
    /// - Parameter cell: the material's unit cell, which the prototype's becomes.
    /// - Throws: `InputError` when the frames hold other elements.
    public func frames(of material: Material, cell: CellLengths) throws -> [QueuedFrame] {
        let ratio = try cell.cell.lengths / LGPSPrototype.ordered().cell.lengths
        return try structures.enumerated().map { index, snapshot in
            guard try self.material(of: snapshot, frame: index) != material else {
                return try frame(index, snapshot, of: material)
            }
            let vectors = snapshot.cell.vectors
            // Along the Cartesian axes: a and b lie nearly along x and y, c along z.
            let stretched = try Cell(Matrix3(vectors[0] * ratio, vectors[1] * ratio, vectors[2] * ratio))
            return try frame(
                index, snapshot.replacing(.germanium, with: material.species).scaled(to: stretched), of: material)
        }
    }

    private func material(of snapshot: Structure, frame: Int) throws -> Material {
        let found = Material.allCases.filter { snapshot.species.contains($0.species) }
        guard found.count == 1 else {
            throw InputError(
                file: name, place: "frame \(frame)",
                problem: found.isEmpty ? "there is no Ge, Si or Sn" : "there are \(found.map(\.rawValue))",
                mend: "give a trajectory of one Li10MP2S12")
        }
        return found[0]
    }

    /// Atoms sorted into the order Li, M, P, S.
    private func frame(_ index: Int, _ snapshot: Structure, of material: Material) throws -> QueuedFrame {
        let order: [Species] = [.lithium, material.species, .phosphorus, .sulfur]
        if let stranger = snapshot.species.first(where: { !order.contains($0) }) {
            throw InputError(
                file: name, place: "frame \(index)", problem: "\(stranger) is not in \(material.name)",
                mend: "give a trajectory of \(material.name), or of Li10GeP2S12")
        }
        let atoms = order.flatMap { species in
            snapshot.species.indices.filter { snapshot.species[$0] == species }
        }
        return QueuedFrame(
            dataset: "\(material.name)-md", source: name, index: index,
            structure: Structure(
                cell: snapshot.cell, species: atoms.map { snapshot.species[$0] },
                positions: atoms.map { snapshot.positions[$0] }),
            typeMap: order.map(\.symbol))
    }
}
