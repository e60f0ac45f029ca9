import Files
import Structures

/// What a CP2K calculation (Quickstep, GPW, GTH pseudopotentials) depends on besides structure and functional.
public struct CP2KSettings: Codable, Hashable, Sendable {
    /// How the Brillouin zone is sampled.
    public enum KPoints: Codable, Hashable, Sendable {
        case gamma
        /// One general point in fractions of the reciprocal vectors. (1/4, 1/4, 1/4) removes most of Γ's error for
        /// little more than Γ's cost.
        case point(SIMD3<Double>)
        case monkhorstPack(Int, Int, Int)
    }

    /// Names of basis sets by element; `fallbackBasis` for elements that are not named.
    public var basis: [String: String]
    public var fallbackBasis: String
    /// Plane-wave cutoff of the finest grid (Ry).
    public var cutoff: Double
    /// Cutoff that a Gaussian of exponent one maps to (Ry); places Gaussians on the multigrids.
    public var relativeCutoff: Double
    /// EPS_DEFAULT: sets the ranges of Gaussians and the screening of integrals.
    public var screening: Double
    /// EPS_SCF: the convergence of the density matrix.
    public var selfConsistency: Double
    public var maximumSteps: Int
    /// Broyden mixing: the share of the new density, and how many steps are remembered.
    public var mixing: Double
    public var mixingHistory: Int
    public var kPoints: KPoints

    public init(
        basis: [String: String], fallbackBasis: String, cutoff: Double, relativeCutoff: Double, screening: Double,
        selfConsistency: Double, maximumSteps: Int = 80, mixing: Double = 0.4, mixingHistory: Int = 8,
        kPoints: KPoints
    ) {
        self.basis = basis
        self.fallbackBasis = fallbackBasis
        self.cutoff = cutoff
        self.relativeCutoff = relativeCutoff
        self.screening = screening
        self.selfConsistency = selfConsistency
        self.maximumSteps = maximumSteps
        self.mixing = mixing
        self.mixingHistory = mixingHistory
        self.kPoints = kPoints
    }

    public func basisName(of element: Species) -> String { basis[element.symbol] ?? fallbackBasis }

    /// The settings as they go into a manifest.
    public var summary: [String: String] {
        var sampling: String
        switch kPoints {
        case .gamma: sampling = "Gamma"
        case .point(let k): sampling = "one point (\(k.x), \(k.y), \(k.z))"
        case .monkhorstPack(let a, let b, let c): sampling = "Monkhorst-Pack \(a)x\(b)x\(c)"
        }
        return [
            "method": "Quickstep GPW, GTH pseudopotentials", "k-points": sampling, "cutoff (Ry)": "\(cutoff)",
            "relative cutoff (Ry)": "\(relativeCutoff)", "EPS_DEFAULT": "\(screening)",
            "EPS_SCF": "\(selfConsistency)",
            "basis": basis.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                + ", others \(fallbackBasis)",
        ]
    }
}

extension CP2KSettings.KPoints {
    /// "gamma", "general" (one point at (1/4, 1/4, 1/4)) or a mesh such as "2x2x2".
    ///
    /// - Throws: `InputError` for anything else.
    public init(name: String) throws {
        let mesh = name.split(separator: "x").compactMap { Int($0) }
        switch name.lowercased() {
        case "gamma": self = .gamma
        case "general": self = .point(SIMD3(0.25, 0.25, 0.25))
        default:
            guard mesh.count == 3, mesh.allSatisfy({ $0 > 0 }) else {
                throw InputError(
                    problem: "'\(name)' is no choice of k-points", mend: "write gamma, general or a mesh such as 2x2x2")
            }
            self = .monkhorstPack(mesh[0], mesh[1], mesh[2])
        }
    }
}
