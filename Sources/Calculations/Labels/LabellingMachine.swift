import Labelling
import Synchronization

/// How and where the codes are run: no label depends on it, so that it belongs to no calculation's key and is not coded
/// with it.
///
/// A calculation of labels takes `current`, which a command sets when it begins, unless it is given another one. So does a
/// worker that reads a calculation from its file.
public struct LabellingMachine: Equatable, Sendable {
    /// Ranks, threads, time limit and nice level of one CP2K calculation.
    public var cp2k: CP2KLabeller.Execution
    /// Nil looks for CP2K in PATH when it is needed.
    public var cp2kInstallation: CP2KInstallation?
    /// Nil exchanges files with VASP in the work folder, and has no command.
    public var vasp: VASPLabeller.Execution?

    public init(
        cp2k: CP2KLabeller.Execution = .init(niceLevel: 10), cp2kInstallation: CP2KInstallation? = nil,
        vasp: VASPLabeller.Execution? = nil
    ) {
        self.cp2k = cp2k
        self.cp2kInstallation = cp2kInstallation
        self.vasp = vasp
    }

    /// The cores that one calculation takes.
    public func cores(for code: LabelCode) -> Int {
        if case .cp2k = code { cp2k.ranks * cp2k.threads } else { 1 }
    }

    private static let shared = Mutex(LabellingMachine())

    /// Of this process.
    public static var current: LabellingMachine {
        get { shared.withLock { $0 } }
        set { shared.withLock { $0 = newValue } }
    }
}
