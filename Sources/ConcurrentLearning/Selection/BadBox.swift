import Files
import Structures

/// Cells that are too far from a box to be labelled: DP-GEN's `fp_skip_bad_box`, "length_ratio:5;height_ratio:5;...".
///
/// Lengths and heights are compared with the shortest: max|a| / min|a|, and max|a| over the smallest distance of opposite
/// faces. Wrap and tilt are those of the cell turned so that a lies along x and b in the xy plane: |tilt| over the length
/// of the axis that it tilts to, and of the axis that it belongs to.
public struct BadBox: Equatable, Sendable {
    public var limits: [String: Double] = [:]

    private static let names = ["length_ratio", "height_ratio", "wrap_ratio", "tilt_ratio"]

    init(_ node: InputNode) throws {
        for entry in try node.string.split(separator: ";") {
            let parts = entry.split(separator: ":").map { $0.filter { $0 != " " } }
            guard parts.count == 2, Self.names.contains(parts[0]), let limit = Double(parts[1]), limit > 0 else {
                throw node.failure(
                    "'\(entry)' is no criterion", mend: "write NAME:NUMBER of \(Self.names.joined(separator: ", "))")
            }
            limits[parts[0]] = limit
        }
    }

    func refuses(_ cell: Cell) -> Bool {
        let lengths = [cell.lengths.x, cell.lengths.y, cell.lengths.z]
        let heights = [cell.heights.x, cell.heights.y, cell.heights.z]
        let longest = lengths.max() ?? 0
        let (a, b, c) = (cell.vectors[0], cell.vectors[1], cell.vectors[2])
        // The lower triangular form: x, xy, xz, y, yz, z.
        let x = a.norm
        let xy = b.dot(a) / x
        let y = (b.dot(b) - xy * xy).squareRoot()
        let xz = c.dot(a) / x
        let yz = (b.dot(c) - xy * xz) / y
        let z = (c.dot(c) - xz * xz - yz * yz).squareRoot()
        let found = [
            "length_ratio": longest / (lengths.min() ?? 1), "height_ratio": longest / (heights.min() ?? 1),
            "wrap_ratio": max(abs(xy) / x, abs(xz) / x, abs(yz) / y),
            "tilt_ratio": max(abs(xy) / y, abs(xz) / z, abs(yz) / z),
        ]
        return limits.contains { (found[$0.key] ?? 0) > $0.value }
    }
}
