import Files

/// LAMMPS data files of `atom_style atomic`, units metal or real (https://docs.lammps.org/read_data.html).
///
/// LAMMPS wants a right-handed cell in restricted form: a along x, b in the xy plane, c above it. `restricted(_:)`
/// brings any cell into it.
public enum LAMMPSData {
    /// The units of a file (https://docs.lammps.org/units.html), which differ in those of velocities; lengths are Å in both.
    public enum Units: String, CaseIterable, Sendable {
        case metal, real

        /// The unit of velocities in Å/ps.
        var velocity: Double { self == .real ? 1000 : 1 }

        /// What the title of a file names, "units = real" or "units real"; nil when it names none.
        ///
        /// - Throws: `InputError` for units of LAMMPS that are not read here.
        init?(title: TextLine) throws {
            let words = title.words.map { $0.filter { $0 != "," && $0 != ";" && $0 != "." }.lowercased() }
            guard let place = words.firstIndex(of: "units") else { return nil }
            let name = words[(place + 1)...].first { $0 != "=" && !$0.isEmpty } ?? ""
            if let units = Units(rawValue: name) {
                self = units
            } else if ["lj", "si", "cgs", "electron", "micro", "nano"].contains(name) {
                throw title.error("units \(name) are not read", mend: "write the file in units metal or real")
            } else {
                return nil
            }
        }
    }

    /// The structure turned so that its cell has the restricted form, and the rotation Q that did it.
    ///
    /// H = L·Q, with L lower triangular and a positive diagonal and Q a proper rotation: vectors turn as r' = r·Qᵀ
    /// (positions, velocities, forces), tensors as Q·T·Qᵀ. Fractional coordinates stay. A left-handed cell is first
    /// replaced by −a, −b, −c, which span the same lattice. A cell that has the form already is returned untouched, with
    /// Q = 1.
    public static func restricted(_ structure: Structure) throws -> (structure: Structure, rotation: Matrix3) {
        let given = structure.cell.vectors
        let vectors = given.determinant < 0 ? -1 * given : given
        let isRestricted =
            vectors[0].y == 0 && vectors[0].z == 0 && vectors[1].z == 0
            && vectors[0].x > 0 && vectors[1].y > 0 && vectors[2].z > 0
        var turned = structure
        if isRestricted {
            turned.cell = try Cell(vectors)
            return (turned, .identity)
        }
        // Gram-Schmidt: the rows of Q are the new axes in the old frame.
        let x = vectors[0] / vectors[0].norm
        let inPlane = vectors[1] - vectors[1].dot(x) * x
        let y = inPlane / inPlane.norm
        let z = x.cross(y)
        let rotation = Matrix3(x, y, z)
        func turn(_ v: SIMD3<Double>) -> SIMD3<Double> { SIMD3(v.dot(x), v.dot(y), v.dot(z)) }
        let (a, b, c) = (turn(vectors[0]), turn(vectors[1]), turn(vectors[2]))
        turned.cell = try Cell(Matrix3(SIMD3(a.x, 0, 0), SIMD3(b.x, b.y, 0), c))
        turned.positions = structure.positions.map(turn)
        turned.velocities = structure.velocities?.map(turn)
        return (turned, rotation)
    }
}
