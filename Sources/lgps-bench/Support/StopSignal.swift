import Dispatch
import Foundation
import MolecularDynamics
import Parallel
import Synchronization

/// SIGINT and SIGTERM: the first asks the work to stop at its next checkpoint, the second ends the program at once.
enum StopSignal {
    private static let number = Atomic<Int32>(0)
    private static let sources = Mutex<[any DispatchSourceSignal]>([])

    /// The signal that came, or 0.
    static var received: Int32 { number.load(ordering: .relaxed) }

    /// From now on a signal raises `StopFlag.signals`.
    ///
    /// - Parameters:
    ///   - resumeHint: how to go on, told at the first signal.
    ///   - isPatient: whether further signals change nothing, as a queue may send one to the program and another to its
    ///     shell.
    static func install(resumeHint: String, isPatient: Bool = false) {
        sources.withLock { sources in
            for signal in [SIGINT, SIGTERM] {
                Foundation.signal(signal, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: signal, queue: .global(qos: .userInteractive))
                source.setEventHandler {
                    let (isFirst, _) = number.compareExchange(expected: 0, desired: signal, ordering: .relaxed)
                    guard isFirst else {
                        if !isPatient { _exit(128 + signal) }
                        return
                    }
                    StopFlag.signals.raise()
                    let more = isPatient ? "" : " (once more to stop at once)"
                    let message = "\nstopping at the next checkpoint\(more); \(resumeHint)\n"
                    FileHandle.standardError.write(Data(message.utf8))
                }
                source.resume()
                sources.append(source)
            }
        }
    }
}
