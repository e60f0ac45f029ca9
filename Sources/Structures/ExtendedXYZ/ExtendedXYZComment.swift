import Files

/// The second line of a frame: `key=value`, or free text in plain XYZ.
enum ExtendedXYZComment {
    /// Hartree in eV (CODATA 2018).
    private static let hartree = 27.211386245988

    /// The line's keys, and the energy (eV) where another program's habit tells it.
    static func information(_ line: TextLine) throws -> (keys: [String: String], energy: Double?) {
        let text = String(line.text)
        if text.contains("Lattice=") || text.contains("Properties=") || text.contains("pbc=") {
            return (try KeyValues.parse(line), nil)
        }
        if let found = cp2k(text) { return found }
        // What is not understood is no fault: plain XYZ says what it likes.
        if text.contains("="), let keys = try? KeyValues.parse(line) { return (keys, nil) }
        return (line.isBlank ? [:] : ["comment": text.split { $0 == " " || $0 == "\t" }.joined(separator: " ")], nil)
    }

    /// `i = 5, time = 2.500, E = -80.1` of CP2K's trajectories: fs, hartree.
    private static func cp2k(_ text: String) -> (keys: [String: String], energy: Double?)? {
        var values: [String: String] = [:]
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false).map {
                $0.split(separator: " ").joined(separator: " ")
            }
            guard sides.count == 2, !sides[0].isEmpty else { return nil }
            values[sides[0]] = sides[1]
        }
        guard let step = values["i"], Int(step) != nil, let time = values["time"], Double(time) != nil else {
            return nil
        }
        let energy = values["E"].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 * hartree : nil }
        return (["step": step, "time": time, TimeUnit.key: TimeUnit.femtoseconds.rawValue], energy)
    }
}
