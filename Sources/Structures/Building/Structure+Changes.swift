import Files

extension Structure {
    /// The structure with every atom of one element made another.
    public func replacing(_ old: Species, with new: Species) -> Structure {
        var changed = self
        changed.species = species.map { $0 == old ? new : $0 }
        return changed
    }

    /// The structure in another cell, fractional coordinates kept.
    public func scaled(to newCell: Cell) -> Structure {
        var changed = self
        changed.cell = newCell
        changed.positions = positions.map { newCell.cartesian(cell.fractional($0)) }
        return changed
    }

    /// The structure with every length multiplied by 1 + α (T − T₀).
    ///
    /// The default coefficient is the linear one, 3.4e-5 /K between 300 and 1000 K, that Huang et al. (J. Chem. Phys.
    /// 154, 094703 (2021), II.D, after Weber et al. 2016) take for all three materials.
    ///
    /// - Throws: `InputError` when the temperature makes no sense.
    public func thermallyExpanded(
        to temperature: Double, coefficient: Double = 3.4e-5, reference: Double = 300
    ) throws -> Structure {
        let factor = 1 + coefficient * (temperature - reference)
        guard temperature.isFinite, temperature >= 0, factor.isFinite, factor > 0.5, factor < 2 else {
            throw InputError(
                problem: "thermal expansion of \(coefficient) /K from \(reference) K to \(temperature) K",
                mend: "give temperatures in K and a linear coefficient in 1/K")
        }
        return scaled(to: try cell.scaled(by: SIMD3(repeating: factor)))
    }
}

extension Structure {
    /// Every coordinate moved at random by up to `amplitude` (Å), uniformly: no symmetry is left.
    ///
    /// - Parameter stream: names the series of `seed` that is drawn from.
    public func rattled(by amplitude: Double, seed: UInt64, stream: String) -> Structure {
        var random = SplitMix64(seed: seed, stream: stream)
        var moved = self
        for atom in moved.positions.indices {
            moved.positions[atom] +=
                amplitude
                * SIMD3(
                    Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random),
                    Double.random(in: -1...1, using: &random))
        }
        return moved
    }
}
