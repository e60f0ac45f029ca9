import Foundation
import Structures

/// An installed CP2K: its executable, its data, and how many processes run it.
public struct CP2KInstallation: Equatable, Sendable {
    public var executable: String
    /// mpirun or mpiexec, when there is one.
    public var mpiLauncher: String?
    public var dataFolder: String

    public init(executable: String, mpiLauncher: String? = nil, dataFolder: String) {
        self.executable = executable
        self.mpiLauncher = mpiLauncher
        self.dataFolder = dataFolder
    }

    /// Names that distributions give to the executable, the parallel ones first.
    public static let executableNames = ["cp2k.psmp", "cp2k.popt", "cp2k", "cp2k.ssmp", "cp2k.sopt"]
    public static let installCommand = "apt-get install cp2k"

    /// Looks for CP2K in PATH, and for its data in `CP2K_DATA_DIR`, /usr/share/cp2k and beside the executable.
    ///
    /// - Parameter executable: a path to use in place of a search.
    /// - Throws: `ExternalProgramFailure` with the install command when there is none.
    public static func find(executable: String? = nil, searchPath: String? = nil) throws -> CP2KInstallation {
        guard let path = executable ?? ExternalProgram.find(executableNames, searchPath: searchPath),
            FileManager.default.isExecutableFile(atPath: path)
        else {
            let missing =
                executable.map { "\($0) is no executable file" }
                ?? "not installed: PATH has none of \(executableNames.joined(separator: ", "))"
            throw ExternalProgramFailure(
                program: "CP2K", problem: missing, mend: "\(installCommand), or name the executable")
        }
        let beside = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
        let named = ProcessInfo.processInfo.environment["CP2K_DATA_DIR"]
        let candidates = [
            named, "/usr/share/cp2k", "\(beside)/share/cp2k/data", "\(beside)/share/cp2k", "\(beside)/data",
        ]
        .compactMap { $0 }
        guard let data = candidates.first(where: { FileManager.default.fileExists(atPath: "\($0)/GTH_POTENTIALS") })
        else {
            throw ExternalProgramFailure(
                program: path, problem: "its data files are in none of \(candidates.joined(separator: ", "))",
                mend: "apt-get install cp2k-data, or set CP2K_DATA_DIR")
        }
        return CP2KInstallation(
            // It will be run in other folders.
            executable: URL(fileURLWithPath: path).path,
            mpiLauncher: ExternalProgram.find(["mpirun", "mpiexec"], searchPath: searchPath), dataFolder: data)
    }

    /// The program with its launcher, `ranks` MPI processes of `threads` OpenMP threads each, at a nice level.
    ///
    /// - Throws: `ExternalProgramFailure` when several ranks are asked for and there is no launcher.
    public func program(
        arguments: [String], ranks: Int, threads: Int, niceLevel: Int
    ) throws -> ExternalProgram {
        var command = [executable] + arguments
        if ranks > 1 {
            guard let mpiLauncher else {
                throw ExternalProgramFailure(
                    program: "mpirun", problem: "not installed, and \(ranks) MPI ranks need it",
                    mend: "apt-get install openmpi-bin, or ask for one rank")
            }
            command = [mpiLauncher, "-np", "\(ranks)"] + command
        }
        if niceLevel > 0, let nice = ExternalProgram.find(["nice"]) {
            command = [nice, "-n", "\(niceLevel)"] + command
        }
        return ExternalProgram(
            executable: command[0], arguments: Array(command.dropFirst()),
            environment: [
                "OMP_NUM_THREADS": "\(threads)", "OPENBLAS_NUM_THREADS": "1", "CP2K_DATA_DIR": dataFolder,
                // Containers run as root and often see fewer cores than ranks; several calculations share them.
                "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_hwloc_base_binding_policy": "none",
                // CP2K takes and returns its matrices in every step. When glibc gives that memory back to the system each time, a
                // seventh of the whole time goes into page faults (Benchmarks/labelling).
                "MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "\(UInt32.max)",
            ])
    }
}
