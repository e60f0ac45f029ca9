import Calculations
import Statistics
import Structures

/// What force constants say of the force on an atom when others move: linear response.
///
/// With every component of every atom beyond R displaced by chance, each with standard deviation u, the force on atom i
/// changes by a vector of root mean square u·s_i(R), s_i(R)² = Σ_{r_ij>R} ‖Φ_ij‖² (Frobenius norm); a component by 1/√3
/// of that. Displacing i alone gives all Φ_ij, as Φ_ij = Φ_jiᵀ.
struct ForceConstants {
    /// Two images of an atom count as seen at once when their distances differ by less (Å).
    static let tie = 0.5

    /// Of one displaced atom.
    struct Site {
        var atom: Int
        /// Φ_ij (eV/Å²) for every atom j.
        var blocks: [Matrix3]
        var images: [NearestImage]

        /// Whether its force constant with an atom is the sum over two images at about the same distance.
        func isDoublySeen(_ other: Int) -> Bool { images[other].margin < ForceConstants.tie }

        /// s(R)² ((eV/Å²)²).
        func squareSum(beyond radius: Double, withDoublySeen: Bool = true) -> Double {
            blocks.indices.reduce(0) { sum, other in
                images[other].distance > radius && (withDoublySeen || !isDoublySeen(other))
                    ? sum + blocks[other].squaredNorm : sum
            }
        }

        /// ‖Σ_j Φ_ij‖² ((eV/Å²)²): zero but for noise, as nothing changes when all atoms move together.
        var squaredSum: Double { blocks.reduce(Matrix3.zero, +).squaredNorm }

        /// What noise adds to s(R)²: that of one block, from the sum over all, times the number of blocks.
        func noise(beyond radius: Double) -> Double {
            squaredSum * Double(images.count { $0.distance > radius }) / Double(blocks.count)
        }
    }

    let structure: Structure
    var sites: [Site]

    /// - Parameters:
    ///   - parts: calculations of one crystal, with what they found.
    /// - Throws: `InputError` when a content is not that of its calculation.
    init(_ parts: [(DisplacedForces, DisplacedForces.Content)], of structure: Structure) throws {
        self.structure = structure
        sites = try parts.flatMap { calculation, content in
            try calculation.sites.enumerated().map { place, atom in
                Site(
                    atom: atom,
                    blocks: try content.blocks(
                        site: place, sites: calculation.sites.count, atoms: structure.count),
                    images: structure.nearestImages(from: atom))
            }
        }
    }

    /// The displaced atoms of an element.
    func sites(of element: Species) -> [Site] { sites.filter { structure.species[$0.atom] == element } }

    /// s(R) (meV/Å per Å), the root mean square over the element's sites; nil without any.
    ///
    /// The error comes from the scatter of s² between sites, and from what noise may have added.
    func slope(_ element: Species, beyond radius: Double, withDoublySeen: Bool = true) -> Estimate? {
        let own = sites(of: element)
        guard !own.isEmpty else { return nil }
        let squares = own.map { $0.squareSum(beyond: radius, withDoublySeen: withDoublySeen) }
        let count = Double(own.count)
        let mean = squares.reduce(0, +) / count
        let scatter = squares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let between = own.count > 1 ? scatter / (count * (count - 1)) : 0
        let noise = own.reduce(0) { $0 + $1.noise(beyond: radius) } / count
        guard mean > 0 else { return Estimate(0) }
        let error = (between + noise * noise).squareRoot() / (2 * mean.squareRoot())
        return Estimate(1000 * mean.squareRoot(), error: 1000 * error)
    }

    /// ‖Σ_j Φ_ij‖/‖Φ_ii‖, the largest among the element's sites; nil without any.
    func sumRule(_ element: Species) -> Double? {
        sites(of: element).map { ($0.squaredSum / $0.blocks[$0.atom].squaredNorm).squareRoot() }.max()
    }

    /// How far Φ_ij = Φ_jiᵀ fails between displaced atoms, over the size of these; nil for fewer than two.
    var asymmetry: Double? {
        var (difference, size) = (0.0, 0.0)
        for (place, first) in sites.enumerated() {
            for second in sites[(place + 1)...] where second.atom != first.atom {
                let (there, back) = (first.blocks[second.atom], second.blocks[first.atom].transpose)
                difference += (there + (-1) * back).squaredNorm
                size += 0.5 * (there.squaredNorm + back.squaredNorm)
            }
        }
        return size > 0 ? (difference / size).squareRoot() : nil
    }
}

extension Matrix3 {
    /// The sum of the squares of all elements.
    var squaredNorm: Double { rowMajor.reduce(0) { $0 + $1 * $1 } }
}
