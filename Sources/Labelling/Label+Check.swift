import Structures

extension Label {
    /// The label, after a check that it is one of `structure`: a number that is not finite would spoil the whole dataset.
    ///
    /// - Throws: `LabelFailure` naming what is missing or not finite.
    public func checked(for structure: Structure) throws -> Label {
        func bad(_ what: String) -> LabelFailure { LabelFailure(.incompleteOutput, "\(code): \(what)") }
        guard energy.isFinite else { throw bad("the energy is \(energy)") }
        guard forces.count == structure.count else { throw bad("\(forces.count) forces for \(structure.count) atoms") }
        if let atom = forces.firstIndex(where: { !$0.sum().isFinite }) {
            throw bad("the force on atom \(atom + 1) is \(forces[atom].words)")
        }
        if let virial, !virial.rowMajor.allSatisfy(\.isFinite) { throw bad("the stress is not finite") }
        guard virial != nil || !structure.isPeriodic else {
            throw bad("there is no stress, which a label of a periodic structure needs")
        }
        return self
    }
}
