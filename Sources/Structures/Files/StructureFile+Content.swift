import Files

extension StructureFile {
    /// Everything that a file tells of one structure.
    public struct Content: Sendable {
        /// With labels, and keys and columns of extended XYZ that are not understood.
        public var frame: ExtendedXYZ.Frame
        /// Of a POSCAR.
        public var selectiveDynamics: [POSCAR.FreeAxes]?

        public init(_ structure: Structure) { frame = ExtendedXYZ.Frame(structure: structure) }

        init(_ frame: ExtendedXYZ.Frame, selectiveDynamics: [POSCAR.FreeAxes]? = nil) {
            self.frame = frame
            self.selectiveDynamics = selectiveDynamics
        }
    }

    /// What the file tells; parameters and errors are those of `read`.
    public static func content(
        of path: String, frame: Int? = nil, types: [Species]? = nil, units: LAMMPSData.Units? = nil,
        remark: (String) -> Void = { _ in }
    ) throws -> Content {
        switch try format(of: path) {
        case .poscar:
            _ = try index(frame, of: 1, path)
            let poscar = try POSCAR(contentsOf: path)
            return Content(.init(structure: poscar.structure), selectiveDynamics: poscar.selectiveDynamics)
        case .lammpsData:
            _ = try index(frame, of: 1, path)
            return Content(try LAMMPSData.read(path, types: types, units: units, remark: remark))
        case .cif:
            _ = try index(frame, of: 1, path)
            do {
                return Content(try CIF(contentsOf: path).expanded.ordered().finite(file: path))
            } catch var error as InputError {
                error.file = path
                throw error
            }
        case .extendedXYZ:
            let frames = try ExtendedXYZ.read(path)
            let frame = frames[try index(frame, of: frames.count, path)]
            if !frame.hasCell {
                remark(
                    "\(path): there is no Lattice, so that this is a free cluster; add Lattice=\"...\" for a crystal")
            }
            return Content(frame)
        case .deepmdNpy:
            let systems = try LabelledSystem.systems(in: path, types: types, needing: .structures)
            let frames = systems.flatMap { system in (0..<system.frameCount).map { (system, $0) } }
            let (system, number) = frames[try index(frame, of: frames.count, path)]
            let labelled = try system.labelledFrame(number)
            for (name, isThere) in [("energy.npy", labelled.energy != nil), ("force.npy", labelled.forces != nil)]
            where !isThere { remark("\(path): there is no \(name)") }
            return Content(labelled)
        }
    }

    /// Writes a structure with what else is known of it.
    ///
    /// - Parameter remark: is told what the format has no place for, and so is lost.
    /// - Throws: `InputError` when the format cannot hold the structure or the file cannot be written.
    public static func write(
        _ content: Content, to path: String, comment: String = "written by lgps-bench",
        remark: (String) -> Void = { _ in }
    ) throws {
        let format = try format(of: path)
        let structure = content.frame.structure
        switch format {
        case .poscar:
            try POSCAR(comment: comment, structure: structure, selectiveDynamics: content.selectiveDynamics)
                .write(to: path)
        case .lammpsData: try LAMMPSData.write(structure, to: path)
        case .extendedXYZ: try ExtendedXYZ.write([content.frame], to: path)
        case .cif:
            try structure.requirePeriodic("CIF", file: path)
            try CIF(name: "structure", comment: comment, structure).write(to: path)
        case .deepmdNpy:
            throw InputError(
                file: path, problem: "a deepmd/npy system needs energies and forces, not a structure alone")
        }
        let lost = content.lost(in: format)
        if !lost.isEmpty { remark("\(path): the format has no place for \(lost.joined(separator: ", "))") }
    }
}

extension StructureFile.Content {
    /// What a format cannot hold of this.
    func lost(in format: StructureFile.Format) -> [String] {
        var lost: [String] = []
        if format != .extendedXYZ {
            if frame.energy != nil { lost.append("the energy") }
            if frame.forces != nil { lost.append("the forces") }
            if frame.virial != nil { lost.append("the stress") }
            lost += frame.information.keys.sorted().map { "the key \($0)" }
            lost += frame.columns.map { "the column \($0.name)" }
        }
        if format == .cif, frame.structure.velocities != nil { lost.append("the velocities") }
        if format != .poscar, selectiveDynamics != nil { lost.append("selective dynamics") }
        return lost
    }
}
