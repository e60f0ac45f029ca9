import ArgumentParser
import Files
import Foundation
import Parallel
import Reporting
import Structures
import Validation

/// Options that every command understands.
struct CommonOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Seed of every random choice.")
    var seed: UInt64 = 1

    @Option(help: "Threads to use; results do not depend on it. (default: all cores)")
    var threads: Int?

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    @Flag(help: "Print the result as JSON.")
    var json = false

    var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        if let threads, !(1...4096).contains(threads) {
            throw ValidationError("--threads must be at least 1 and at most 4096, not \(threads)")
        }
    }

    var progress: ProgressMeter { .standard(quiet: quiet) }

    /// Prints `text` unless `--quiet`.
    func say(_ text: String) {
        if !quiet { print(text) }
    }

    /// Says on standard error what the user should know of a result that is sound, `--quiet` or not.
    func note(_ remark: String) { FileHandle.standardError.write(Data("note: \(remark)\n".utf8)) }

    /// Prints a result as JSON.
    func printJSON(_ value: some Encodable) throws {
        FileHandle.standardOutput.write(try JSONText.data(value))
    }
}
