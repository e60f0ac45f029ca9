import Files
import Structures

/// Names a frame by its content, so that no frame is labelled twice.
public enum FrameHash {
    /// SHA-256 of elements, cell and positions, these rounded to 1e-4 Å: the same frame read from float32 or float64
    /// files has the same name.
    public static func hexadecimal(of structure: Structure) -> String {
        var text = structure.isPeriodic ? "periodic" : "free"
        func append(_ v: SIMD3<Double>) {
            for x in [v.x, v.y, v.z] {
                let rounded = (x * 1e4).rounded()
                text += Int(exactly: rounded).map { " \($0)" } ?? " \(rounded)"
            }
        }
        if structure.isPeriodic { for row in 0..<3 { append(structure.cell.vectors[row]) } }
        for (species, position) in zip(structure.species, structure.positions) {
            text += " \(species)"
            append(position)
        }
        return SHA256.hexadecimal(of: text)
    }
}
