import Calculations
import Execution
import Files
import Foundation
import Labelling
import Parallel
import Structures

/// A folder with a shell script in the place of CP2K: it notes every call, and does what the second atom's place asks for.
struct FakeCP2K {
    let folder: String
    let machine: LabellingMachine
    var output: String { "\(folder)/out" }
    var store: String { "\(output)/store" }

    /// x of the second atom (Å): not converged with PBE, as long as there is no file `healed` beside the script.
    static let brittle = 3.1
    /// Sleeps as long as there is a file `slow` beside the script, or with PBEsol `slow-second`.
    static let slow = 2.9
    /// Never waited for, unless a program hangs: other tests may hold every core for minutes.
    static let patience = Duration.seconds(500)
    /// eV.
    static func energy(_ x: Double) -> Double { -x * 27.211386245988 }

    /// Every call: functional, x, and whether it starts from another's state.
    var calls: [String] {
        ((try? String(contentsOfFile: "\(folder)/calls", encoding: .utf8)) ?? "").split(separator: "\n").map(
            String.init)
    }

    func mark(_ name: String) throws { try AtomicFile.write("", to: "\(folder)/\(name)") }
    func unmark(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

    static func with<R>(_ body: (FakeCP2K) async throws -> R) async throws -> R {
        let folder = FileManager.default.temporaryDirectory.path + "/labels-\(UUID().uuidString)"
        try Folder.make(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let executable = "\(folder)/cp2k.psmp"
        try AtomicFile.write(script, to: executable)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: executable)
        let elements = [("Li", 3), ("Si", 4), ("P", 5), ("S", 6)]
        try AtomicFile.write(
            elements.map { "\($0) DZVP-MOLOPT-SR-GTH DZVP-MOLOPT-SR-GTH-q\($1)\n" }.joined(),
            to: "\(folder)/BASIS_MOLOPT")
        try AtomicFile.write(
            elements.map { "\($0) GTH-PBE-q\($1) GTH-PBE\n" }.joined(), to: "\(folder)/GTH_POTENTIALS")
        return try await body(
            FakeCP2K(
                folder: folder,
                machine: LabellingMachine(
                    cp2k: .init(timeout: patience),
                    cp2kInstallation: CP2KInstallation(executable: executable, mpiLauncher: nil, dataFolder: folder))))
    }

    static let settings = CP2KSettings(
        basis: [:], fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 100, relativeCutoff: 30, screening: 1e-8,
        selfConsistency: 1e-5, kPoints: .gamma)

    static func code(_ functionals: [Functional] = [.pbe], cutoff: Double = 100) -> LabelCode {
        var settings = settings
        settings.cutoff = cutoff
        return .cp2k(functionals: functionals, settings: settings)
    }

    /// A batch that writes into `output`, with the store there.
    func batch(
        _ code: LabelCode = code(), jobs: Int = 2, retriesFailures: Bool = false, stop: StopFlag = StopFlag(),
        timeout: Duration = patience
    ) throws -> LabelBatch {
        var machine = machine
        machine.cp2k.timeout = timeout
        return LabelBatch(
            codes: [code], output: output, workplace: Workplace(try Store(store), program: "test"), machine: machine,
            jobs: jobs, retriesFailures: retriesFailures, stop: stop)
    }

    static func structure(_ x: Double, second: Species = .silicon) throws -> Structure {
        Structure(
            cell: try Cell(a: 6, b: 6, c: 6), species: [.lithium, second], positions: [SIMD3(0, 0, 0), SIMD3(x, 0, 0)])
    }

    static func frames(_ xs: [Double], second: Species = .silicon, dataset: String = "LiSi") throws -> [QueuedFrame] {
        try xs.enumerated().map { index, x in
            QueuedFrame(
                dataset: dataset, source: "here", index: index, structure: try structure(x, second: second),
                typeMap: ["Li", second.symbol])
        }
    }

    func system(_ level: String = "PBE", _ dataset: String = "LiSi") throws -> LabelledSystem {
        try LabelledSystem.load(path: "\(output)/\(level)/\(dataset)")
    }

    static let fixtures =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/LabellingTests/Fixtures"

    /// Whole outputs have the energy −x (hartree), one force of 0.01 a.u. and a stress of 1 GPa along x.
    private static let script = """
        #!/bin/sh
        # Arguments: -i INPUT -o OUTPUT
        here=$(dirname "$0")
        input=$2
        output=$4
        x=$(sed -n 's/^ *Si \\([0-9]\\.[0-9]\\).*/\\1/p' "$input" | head -n 1)
        functional=PBE
        if grep -q PBESOL "$input"; then functional=PBEsol; fi
        state=$(sed -n 's/^ *WFN_RESTART_FILE_NAME //p' "$input")
        if [ -n "$state" ] && [ -f "$state" ]; then state=" from state"; else state=; fi
        echo "$functional $x$state" >> "$here/calls"
        if grep -q "&RESTART ON" "$input"; then echo large > "$(basename "$input" .inp)-RESTART.kp"; fi
        whole() {
            awk -v x="$x" '
                /&COORD/ { inside = 1; next }
                /&END COORD/ { inside = 0 }
                inside { count++; name[count] = $1 }
                END {
                    print " CP2K| version string: CP2K version fake"
                    print "  *** SCF run converged in    7 steps ***"
                    printf " ENERGY| Total FORCE_EVAL ( QS ) energy [a.u.]: %.12f\\n", -x
                    print " ATOMIC FORCES in [a.u.]"
                    for (i = 1; i <= count; i++) printf "%d 1 %s %.6f 0.0 0.0\\n", i, name[i], i == 1 ? 0.01 : 0
                    print " SUM OF ATOMIC FORCES 0 0 0 0"
                    print " STRESS| Analytical stress tensor [GPa]"
                    print " STRESS| x y z"
                    print " STRESS| x 1.0 0.0 0.0"
                    print " STRESS| y 0.0 0.0 0.0"
                    print " STRESS| z 0.0 0.0 0.0"
                    print " PROGRAM ENDED AT now"
                }' "$input" > "$output"
        }
        case "$functional $x" in
        *2.2) cp \(fixtures)/cp2k-2023.1-not-converged.out "$output" ;;
        *2.3) cp \(fixtures)/cp2k-2023.1-abort.out "$output"; exit 1 ;;
        *2.4) head -c 600 \(fixtures)/cp2k-2023.1-lih.out > "$output"; kill -9 $$ ;;
        *2.5) head -c 600 \(fixtures)/cp2k-2023.1-lih.out > "$output"; exec sleep 600 ;;
        *2.6) head -c 1800 \(fixtures)/cp2k-2023.1-lih.out > "$output" ;;
        "PBE 3.1") if [ -f "$here/healed" ]; then whole; else cp \(fixtures)/cp2k-2023.1-not-converged.out "$output"; fi ;;
        *2.9)
            if [ -f "$here/slow" ] || { [ $functional = PBEsol ] && [ -f "$here/slow-second" ]; }; then
                head -c 600 \(fixtures)/cp2k-2023.1-lih.out > "$output"
                echo $$ > "$here/process"
                sleep 600
            fi
            whole ;;
        *) whole ;;
        esac

        """
}

/// Whether a process runs; a dead one that nobody waits for does not.
func isRunning(_ process: Int32) -> Bool { ProcessIdentity(process) != nil }

/// Waits for something to become true, as long as other tests may hold the cores.
func eventually(_ condition: () throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + FakeCP2K.patience
    while ContinuousClock.now < end {
        if try condition() { return true }
        try await Task.sleep(for: .milliseconds(25))
    }
    return try condition()
}
