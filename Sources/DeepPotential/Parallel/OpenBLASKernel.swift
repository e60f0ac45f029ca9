import COpenBLAS
import Foundation

/// Which of its kernels OpenBLAS runs.
///
/// OpenBLAS chooses when it is loaded. Releases older than the processor do not know it and fall back to AVX2 kernels
/// although it has AVX-512, which halves sgemm (OpenBLAS 0.3.21 on a 2024 AMD EPYC: 120 against 215 GFLOP/s).
public enum OpenBLASKernel {
    /// The name of the kernels in use, for manifests: numbers depend on them in the last bits.
    public static var name: String { String(cString: openblas_get_corename()) }

    private static let variable = "OPENBLAS_CORETYPE"

    /// The kernels that OpenBLAS should have taken on this machine; nil when its choice stands or the user made one.
    static func better(than name: String, environment: [String: String], processorFlags: Set<Substring>) -> String? {
        let needed: Set<Substring> = ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]
        guard environment[variable] == nil, ["Haswell", "Zen"].contains(name), needed.isSubset(of: processorFlags)
        else { return nil }
        return "SkylakeX"
    }

    /// Starts this program anew with AVX-512 kernels where OpenBLAS has missed that the processor has them.
    ///
    /// Call it first thing in `main`: it does not return when it takes effect. Does nothing on other systems.
    public static func restartWithWidestKernels() {
        #if os(Linux) && arch(x86_64)
            guard let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
                let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
                let line = information.split(separator: "\n").first(where: { $0.hasPrefix("flags") }),
                let choice = better(
                    than: name, environment: ProcessInfo.processInfo.environment,
                    processorFlags: Set(line.split(separator: " ")))
            else { return }
            setenv(variable, choice, 1)
            var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
            arguments.append(nil)
            execv(program, &arguments)
            // Only a failed exec returns; the slower kernels will do.
            unsetenv(variable)
        #endif
    }
}
