/// What lets pairs of atoms fade out between two distances.
public protocol SmoothCutoff {
    /// rcut (Å).
    var cutoff: Double { get }
    /// rcut_smth (Å).
    var smoothStart: Double { get }
}

extension SmoothCutoff {
    /// The smooth weight w(r) and its derivative (1/Å): 1 below rcut_smth, 0 beyond rcut, C² in between
    /// (deepmd/dpmodel/utils/env_mat.py, `compute_smooth_weight`).
    @inlinable public func weight(_ r: Double) -> (value: Double, slope: Double) {
        if r <= smoothStart { return (1, 0) }
        if r >= cutoff { return (0, 0) }
        let width = cutoff - smoothStart
        let u = (r - smoothStart) / width
        let value = u * u * u * (-6 * u * u + 15 * u - 10) + 1
        let slope = -30 * u * u * (1 - u) * (1 - u) / width
        return (value, slope)
    }
}
