import Structures

/// Relaxes positions and cell of a structure at zero pressure by L-BFGS, one evaluation at a time.
///
/// The caller evaluates `structure` and hands energy, forces and virial to `advance`, which makes the next `structure`;
/// so potentials and codes that run for minutes are used in the same way. Equal evaluations lead to equal structures, bit for
/// bit, so that a relaxation goes on from its evaluations, whatever its tolerances.
///
/// Variables: with reference cell H₀, symmetric strain ε and positions x in the reference frame, H = H₀(1 + ε) and
/// r = x(1 + ε). Their forces are f(1 + ε) and the symmetric part of (1 + ε)⁻¹Ξ. Strain is measured in units of
/// 1/`strainScale` Å, so that strain and positions are about equally stiff.
public struct CellRelaxation: Sendable {
    /// The relaxation ends when no force component is larger than this (eV/Å)...
    public var forceTolerance: Double
    /// ...and no component of the stress (GPa), where the cell relaxes.
    public var stressTolerance: Double
    /// Whether the cell relaxes, or the positions alone.
    public let relaxesCell: Bool

    /// Largest move of one variable in a step (Å).
    static let largestStep = 0.2
    /// Steps that the L-BFGS approximation of the Hessian remembers.
    static let memory = 20

    private let species: [Species]
    /// Row-major H₀ (Å).
    private let referenceCell: [Double]
    /// Å for a strain of one: √N times a bond length.
    private let strainScale: Double
    /// x of all atoms, then the six strains times `strainScale`.
    private var variables: [Double]
    private var accepted: Point?
    private var steps: [[Double]] = []
    private var changes: [[Double]] = []
    private var stepScale = 1.0

    private struct Point {
        var variables: [Double]
        var energy: Double
        var gradient: [Double]
    }

    /// Evaluations so far.
    public private(set) var evaluations = 0
    /// eV, of the best point so far.
    public private(set) var energy: Double?
    /// Largest force component (eV/Å) and stress component (GPa) of the last point.
    public private(set) var largestForce = Double.greatestFiniteMagnitude
    public private(set) var largestStress = Double.greatestFiniteMagnitude

    public init(
        _ start: Structure, forceTolerance: Double = 0.01, stressTolerance: Double = 0.05, relaxesCell: Bool = true
    ) {
        self.relaxesCell = relaxesCell
        self.forceTolerance = forceTolerance
        self.stressTolerance = stressTolerance
        species = start.species
        referenceCell = start.cell.vectors.rowMajor
        strainScale = 2 * Double(start.count).squareRoot()
        variables = start.positions.flatMap { [$0.x, $0.y, $0.z] } + [Double](repeating: 0, count: 6)
    }

    public var isConverged: Bool {
        largestForce <= forceTolerance && (!relaxesCell || largestStress <= stressTolerance)
    }

    /// 1 + ε of the present variables.
    private var deformation: Matrix3 {
        let e = variables.suffix(6).map { $0 / strainScale }
        return Matrix3(SIMD3(1 + e[0], e[5], e[4]), SIMD3(e[5], 1 + e[1], e[3]), SIMD3(e[4], e[3], 1 + e[2]))
    }

    /// The structure to evaluate next; after convergence, the relaxed one.
    ///
    /// - Throws: `InputError` when the cell has collapsed.
    public var structure: Structure {
        get throws {
            let deformation = deformation
            let cell = try Cell(Matrix3(rowMajor: referenceCell) * deformation)
            let positions = stride(from: 0, to: 3 * species.count, by: 3).map {
                SIMD3(variables[$0], variables[$0 + 1], variables[$0 + 2]) * deformation
            }
            return Structure(cell: cell, species: species, positions: positions)
        }
    }

    /// Takes the evaluation of `structure` and, unless it is converged, goes on to the next.
    ///
    /// - Parameter virial: Ξ (eV).
    public mutating func advance(energy: Double, forces: [SIMD3<Double>], virial: Matrix3) throws {
        evaluations += 1
        let volume = try structure.cell.volume
        largestForce = forces.map { max(abs($0.x), abs($0.y), abs($0.z)) }.max() ?? 0
        largestStress = virial.rowMajor.map { abs($0) }.max()! / volume * PhysicalConstants.pressureToGPa
        let point = Point(variables: variables, energy: energy, gradient: gradient(forces, virial))
        if let accepted {
            // A step that leads uphill by more than a code's noise is taken back and halved.
            guard energy <= accepted.energy + 1e-4 || isConverged || stepScale < 0.05 else {
                stepScale *= 0.5
                variables = zip(accepted.variables, variables).map { $0 + 0.5 * ($1 - $0) }
                steps = []
                changes = []
                return
            }
            remember(
                step: difference(variables, accepted.variables), change: difference(point.gradient, accepted.gradient))
        }
        stepScale = 1
        accepted = point
        self.energy = energy
        guard !isConverged else { return }
        let step = direction(point.gradient)
        let largest = step.map { abs($0) }.max() ?? 0
        let factor = largest > Self.largestStep ? Self.largestStep / largest : 1
        variables = zip(variables, step).map { $0 + factor * $1 }
    }

    private func gradient(_ forces: [SIMD3<Double>], _ virial: Matrix3) -> [Double] {
        let deformation = deformation
        let positions = forces.map { $0 * deformation }.flatMap { [-$0.x, -$0.y, -$0.z] }
        guard relaxesCell else { return positions + [Double](repeating: 0, count: 6) }
        let m = deformation.inverse * virial
        let diagonal = [m[0].x, m[1].y, m[2].z]
        // ε_ab stands for two elements of the strain.
        let shear = [m[1].z + m[2].y, m[0].z + m[2].x, m[0].y + m[1].x]
        return positions + (diagonal + shear).map { -$0 / strainScale }
    }

    /// Keeps a pair of the history when its curvature is positive.
    private mutating func remember(step: [Double], change: [Double]) {
        guard dot(step, change) > 1e-10 else { return }
        steps.append(step)
        changes.append(change)
        if steps.count > Self.memory {
            steps.removeFirst()
            changes.removeFirst()
        }
    }

    /// The two-loop recursion (Nocedal & Wright, Numerical Optimization, algorithm 7.4).
    private func direction(_ gradient: [Double]) -> [Double] {
        // A first guess of the curvature: 20 eV/Å², a stiff bond.
        guard let lastStep = steps.last, let lastChange = changes.last else { return gradient.map { -$0 / 20 } }
        var q = gradient
        var weights: [Double] = []
        for (s, y) in zip(steps, changes).reversed() {
            let a = dot(s, q) / dot(s, y)
            weights.append(a)
            q = zip(q, y).map { $0 - a * $1 }
        }
        let scale = dot(lastStep, lastChange) / dot(lastChange, lastChange)
        q = q.map { scale * $0 }
        for ((s, y), a) in zip(zip(steps, changes), weights.reversed()) {
            let b = dot(y, q) / dot(s, y)
            q = zip(q, s).map { $0 + (a - b) * $1 }
        }
        return q.map { -$0 }
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    private func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
}
