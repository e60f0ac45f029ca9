import Structures

extension MDState {
    /// Everything that moves: step, cell, positions, velocities, and the evaluation, so that forces are not computed
    /// again after a restart.
    func encode(into encoder: inout CheckpointEncoder) {
        encoder.encode(step)
        encoder.encode(structure.cell.vectors)
        encoder.encode(structure.positions)
        encoder.encode(velocities)
        encoder.encode(evaluation.energy)
        encoder.encode(evaluation.atomicEnergies)
        encoder.encode(evaluation.forces)
        encoder.encode(evaluation.virial)
    }

    mutating func restore(from decoder: inout CheckpointDecoder) throws {
        step = try decoder.decodeInt()
        structure.cell = try Cell(decoder.decodeMatrix())
        structure.positions = try decoder.decodeVectors(count: count)
        velocities = try decoder.decodeVectors(count: count)
        evaluation.energy = try decoder.decodeDouble()
        evaluation.atomicEnergies = try decoder.decodeDoubles()
        evaluation.forces = try decoder.decodeVectors(count: count)
        evaluation.virial = try decoder.decodeMatrix()
    }
}
