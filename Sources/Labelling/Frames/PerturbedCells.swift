import Files
import Foundation
import Structures

/// Perturbed 50-atom cells of one material: the frames that a dataset begins with.
///
/// Frame i of n is ordered for even i and otherwise has M and P exchanged at random over the 4d sites. Its cell is strained by a
/// random symmetric tensor and its atoms are moved at random; how far grows through the set and is shuffled by the
/// golden ratio, so that every part of the set holds weak and strong perturbations.
public struct PerturbedCells: Sendable {
    public var material: Material
    /// Of the unperturbed unit cell; nil takes the prototype's own.
    public var cell: CellLengths?
    public var count: Int
    public var seed: UInt64
    /// Largest element of the strain.
    public var strain: Double
    /// Largest displacement of Li (Å).
    public var displacement: Double

    /// The framework's bonds are stiff: its atoms move this share of what Li moves.
    static let frameworkShare = 2.0 / 3

    public init(
        material: Material, cell: CellLengths?, count: Int, seed: UInt64, strain: Double = 0.04,
        displacement: Double = 0.3
    ) {
        self.material = material
        self.cell = cell
        self.count = count
        self.seed = seed
        self.strain = strain
        self.displacement = displacement
    }

    /// The dataset's name: "Li10GeP2S12-perturbed".
    public var name: String { "\(material.name)-perturbed" }

    /// - Throws: `InputError` for strains or displacements out of range.
    public func frames() throws -> [QueuedFrame] {
        guard (0...0.2).contains(strain), (0...1).contains(displacement) else {
            throw InputError(
                problem: "strain \(strain) or displacement \(displacement) Å is out of range",
                mend: "strains up to 0.2 and displacements up to 1 Å are possible")
        }
        let source = "perturbed cells, seed \(seed), strain \(strain), displacement \(displacement)"
        return try (0..<count).map { index in
            QueuedFrame(
                dataset: name, source: source, index: index, structure: try frame(index),
                typeMap: ["Li", material.rawValue, "P", "S"])
        }
    }

    /// Every frame has a stream of its own: frame 7 is the same whatever `count` is.
    func frame(_ index: Int) throws -> Structure {
        var random = SplitMix64(seed: seed, stream: "perturbed \(material.rawValue) \(index)")
        let ideal = try unperturbed(isOrdered: index.isMultiple(of: 2), using: &random)
        let fraction = (Double(index) * 0.618_033_988_749_895 + 0.5).truncatingRemainder(dividingBy: 1)
        // From a tenth of the largest perturbation to all of it.
        let strength = 0.1 + 0.9 * fraction
        let cell = try Cell(ideal.cell.vectors * randomStrain(using: &random))
        let positions = zip(ideal.species, ideal.fractionalPositions).map { species, s in
            let share = species == .lithium ? 1 : Self.frameworkShare
            return cell.cartesian(s) + (strength * displacement * share) * Self.pointInSphere(using: &random)
        }
        return Structure(cell: cell, species: ideal.species, positions: positions)
    }

    /// The prototype in the material's cell, atoms in the order Li, M, P, S. Disorder exchanges one M with one P of the 4d sites, which gives every arrangement that is not ordered.
    func unperturbed(isOrdered: Bool, using random: inout SplitMix64) throws -> Structure {
        var structure = try LGPSPrototype.ordered(material, cell: cell)
        guard !isOrdered else { return structure }
        let sites = try FourDSites.indices(in: structure)
        let metals = sites.filter { structure.species[$0] == material.species }
        let phosphorus = sites.filter { structure.species[$0] == .phosphorus }
        structure.positions.swapAt(
            metals[Int.random(in: metals.indices, using: &random)],
            phosphorus[Int.random(in: phosphorus.indices, using: &random)])
        return structure
    }

    /// 1 + ε with ε symmetric, its elements uniform in ±strain.
    private func randomStrain(using random: inout SplitMix64) -> Matrix3 {
        guard strain > 0 else { return .identity }
        let e = (0..<6).map { _ in Double.random(in: -strain...strain, using: &random) }
        return Matrix3(SIMD3(1 + e[0], e[3], e[4]), SIMD3(e[3], 1 + e[1], e[5]), SIMD3(e[4], e[5], 1 + e[2]))
    }

    /// Uniform in the unit sphere.
    private static func pointInSphere(using random: inout SplitMix64) -> SIMD3<Double> {
        while true {
            let point = SIMD3(
                Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random),
                Double.random(in: -1...1, using: &random))
            if point.dot(point) <= 1 { return point }
        }
    }
}
