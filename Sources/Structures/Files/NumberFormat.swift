import Files
import Foundation

extension Double {
    /// The shortest text that reads back as the same number, right-aligned in `width` columns.
    func exact(width: Int = 0) -> String {
        let text = self == 0 ? "0.0" : "\(self)"
        return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}

extension SIMD3 where Scalar == Double {
    /// Three numbers that read back exactly, in columns.
    func exact(width: Int = 24) -> String { [x, y, z].map { $0.exact(width: width) }.joined(separator: " ") }

    /// Three numbers of 16 decimals, as VASP writes fractional coordinates.
    func fixed() -> String { String(format: "%20.16f %20.16f %20.16f", x, y, z) }

    var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}

extension Structure {
    /// - Throws: `InputError` when the structure is free and `format` can only say a periodic one.
    func requirePeriodic(_ format: String, file: String) throws {
        guard isPeriodic else {
            throw InputError(
                file: file, problem: "\(format) cannot say that a structure is not periodic",
                mend: "write extXYZ, or put the cluster into a periodic box")
        }
    }
}
