import CGSL
import COpenBLAS
import Reporting

/// Versions of everything that results may depend on.
enum Versions {
    static func all(gnuplot: String) async -> [String: String] {
        var versions = ["lgps-bench": Program.version, "swift": swift, "gsl": GSL_VERSION]
        versions["openblas"] = openblas_get_config().map { String(cString: $0) }
        versions["gnuplot"] = await InstalledProgram.firstLine(gnuplot, ["--version"])
        return versions
    }

    /// The compiler that made this program.
    private static var swift: String {
        #if compiler(>=6.4)
            "6.4 or newer"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2 or older"
        #endif
    }
}

/// This program.
public enum Program {
    /// As CHANGELOG.md counts.
    public static let version = "0.1.0"
}
