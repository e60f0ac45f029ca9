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

    /// The structure with its cell grown from what it was at `ThermalExpansion.referenceTemperature`, along its third vector as
    /// the expansion's c, along the others as its a.
    ///
    /// - Parameter temperature: K.
    /// - Throws: `InputError` when the temperature makes no sense.
    public func thermallyExpanded(
        to temperature: Double, by expansion: ThermalExpansion = .measured
    ) throws -> Structure {
        let factors = expansion.factors(at: temperature)
        guard temperature.isFinite, temperature >= 0, [factors.a, factors.c].allSatisfy({ $0 > 0.5 && $0 < 2 }) else {
            throw InputError(
                problem:
                    "thermal expansion of \(expansion.a) /K along a and \(expansion.c) /K along c to \(temperature) K",
                mend: "give temperatures in K and linear coefficients in 1/K")
        }
        return scaled(to: try cell.scaled(by: SIMD3(factors.a, factors.a, factors.c)))
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
