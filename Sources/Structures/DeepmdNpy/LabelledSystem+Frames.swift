import Files

extension LabelledSystem {
    /// One frame with its labels.
    ///
    /// - Throws: `InputError` as `structure(frame:)`.
    public func labelledFrame(_ frame: Int) throws -> ExtendedXYZ.Frame {
        ExtendedXYZ.Frame(
            structure: try structure(frame: frame), energy: energy(frame: frame),
            forces: forces.isEmpty ? nil : forces(frame: frame), virial: virial(frame: frame),
            hasCell: isPeriodic || !isReferenceBox(frame: frame))
    }

    /// Whether the box of a free system is only the cube that stands for a missing one.
    private func isReferenceBox(frame: Int) -> Bool {
        Array(boxes[frame * 9..<frame * 9 + 9]) == Cell.reference.vectors.rowMajor
    }

    /// A system of labelled frames of the same atoms in the same order.
    ///
    /// - Parameter typeMap: the elements in the order of the types; nil takes them as they first appear.
    /// - Throws: `InputError` naming the frame that lacks labels or has other atoms, or the element outside the map.
    public init(name: String, frames: [ExtendedXYZ.Frame], typeMap: [Species]? = nil) throws {
        guard let first = frames.first else { throw InputError(file: name, problem: "there are no frames") }
        let species = first.structure.species
        let typeMap = typeMap ?? first.structure.speciesInOrder
        let types = try species.map { element in
            guard let type = typeMap.firstIndex(of: element) else {
                throw InputError(
                    file: name,
                    problem: "\(element) is not in the type map \(typeMap.map(\.symbol).joined(separator: " "))")
            }
            return type
        }
        self.init(
            name: name, typeMap: typeMap.map(\.symbol), types: types, isPeriodic: first.structure.isPeriodic,
            coordinates: [], boxes: [], energies: [], forces: [], virials: first.virial == nil ? nil : [])
        for (index, frame) in frames.enumerated() {
            guard frame.structure.species == species, frame.structure.isPeriodic == isPeriodic else {
                throw InputError(
                    file: name, place: "frame \(index)", problem: "its atoms are not those of frame 0",
                    mend: "a system has one composition and one order of atoms; write one for each")
            }
            guard let energy = frame.energy, let forces = frame.forces, (frame.virial == nil) == (virials == nil) else {
                throw InputError(
                    file: name, place: "frame \(index)",
                    problem: "it lacks an energy, forces, or a virial that other frames have")
            }
            coordinates += frame.structure.positions.flatMap { [$0.x, $0.y, $0.z] }
            boxes += frame.structure.cell.vectors.rowMajor
            energies.append(energy)
            self.forces += forces.flatMap { [$0.x, $0.y, $0.z] }
            if let virial = frame.virial { virials?.append(contentsOf: virial.rowMajor) }
        }
    }
}
