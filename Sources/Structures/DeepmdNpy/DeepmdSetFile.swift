import Files

/// One array of a deepmd/npy set, with its shape checked against the system.
struct DeepmdSetFile {
    let path: String
    let frames: Int
    let valuesPerFrame: Int
    private let values: [Double]

    /// - Parameter frames: as many as the set has, or nil when this file decides it.
    init(_ path: String, valuesPerFrame: Int, frames: Int?) throws {
        let array = try NpyArray(contentsOf: path)
        let found = array.shape.first ?? 0
        guard !array.shape.isEmpty, found == frames ?? found, array.values.count == found * valuesPerFrame else {
            let count = frames.map(String.init) ?? "frames"
            let expected = valuesPerFrame == 1 ? "[\(count)] or [\(count), 1]" : "[\(count), \(valuesPerFrame)]"
            throw InputError(
                file: path, problem: "the shape is \(array.shape), expected \(expected)",
                mend: "all arrays of a set have one row per frame, of the atoms in type.raw")
        }
        self.path = path
        self.valuesPerFrame = valuesPerFrame
        self.frames = found
        values = array.values
    }

    /// The values, after a check that all are finite.
    func finite(perAtom: Bool = false) throws -> [Double] {
        guard let index = values.firstIndex(where: { !$0.isFinite }) else { return values }
        let frame = index / valuesPerFrame
        let atom = perAtom ? ", atom \(index % valuesPerFrame / 3)" : ""
        throw InputError(
            file: path, place: "frame \(frame)\(atom)", problem: "the value is \(values[index])",
            mend: "remove the frame or compute it again")
    }
}
