import Structures

/// The files of `dp test --detail PREFIX` (deepmd/infer/model_test/ener.py): labels beside predictions, one line per
/// frame or atom, in `PREFIX.e.out`, `.e_peratom.out`, `.f.out`, `.v.out` and `.v_peratom.out`.
///
/// Before each system's lines stands a comment with its name. Frames without a label have no line in its files. The
/// files are written under temporary names until `finish()`.
public final class TestDetails {
    private let energy: DetailStream
    private let energyPerAtom: DetailStream
    private let force: DetailStream
    private let virial: DetailStream
    private let virialPerAtom: DetailStream

    /// - Throws: `InputError` when the files cannot be created.
    public init(prefix: String) throws {
        let axes = ["x", "y", "z"]
        let elements = axes.flatMap { a in axes.map { "v\(a)\($0)" } }
        energy = try DetailStream(path: "\(prefix).e.out", components: ["e"])
        energyPerAtom = try DetailStream(path: "\(prefix).e_peratom.out", components: ["e"])
        force = try DetailStream(path: "\(prefix).f.out", components: axes.map { "f\($0)" })
        virial = try DetailStream(path: "\(prefix).v.out", components: elements)
        virialPerAtom = try DetailStream(path: "\(prefix).v_peratom.out", components: elements)
    }

    /// Adds one frame.
    public func add(_ predicted: Evaluation, reference system: LabelledSystem, frame: Int) throws {
        let atoms = Double(system.atomCount)
        if let label = system.energy(frame: frame) {
            let energies = [label, predicted.energy]
            try energy.write([energies], of: system)
            try energyPerAtom.write([energies.map { $0 / atoms }], of: system)
        }
        let forces = zip(system.forces(frame: frame), predicted.forces)
        try force.write(forces.map { [$0.x, $0.y, $0.z, $1.x, $1.y, $1.z] }, of: system)
        guard let label = system.virial(frame: frame) else { return }
        let virials = label.rowMajor + predicted.virial.rowMajor
        try virial.write([virials], of: system)
        try virialPerAtom.write([virials.map { $0 / atoms }], of: system)
    }

    /// Forces everything to disk and gives the files their names.
    public func finish() throws {
        for stream in [energy, energyPerAtom, force, virial, virialPerAtom] { try stream.finish() }
    }
}
