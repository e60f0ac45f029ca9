import Files

/// Something expensive that is computed once: a value that names everything its outcome depends on.
///
/// Models and data are named by hash, never by path; neither threads nor wall time belong to it. Its key is the SHA-256
/// of its kind and its canonical JSON, so that equal calculations are one calculation, wherever they are asked for.
public protocol Calculation: Codable, Sendable {
    /// What it leaves: sufficient statistics, mostly a few tens of kB.
    associatedtype Content: Codable & Sendable

    /// What is computed, and which version of it: "dynamics/1". A greater number makes all earlier outcomes others'.
    static var kind: String { get }

    /// For people: "Ge disordered 0, 400 atoms, NVT 666 K, 100 ps".
    var title: String { get }

    /// Core seconds that it takes about, for the order of work and the estimate of its end.
    var cost: Double { get }

    /// Whose resources it takes on a cluster.
    static var stage: ResourceStage { get }

    /// The cores that it takes.
    var cores: CoreDemand { get }

    /// What must be there before it begins.
    var dependencies: [any Calculation] { get }

    /// The SHA-256 that names its work folder. Calculations that go on from one another (a longer run from a shorter one)
    /// share theirs; otherwise it is the key.
    var folderKey: String { get }

    /// Files of the work folder from which another machine can go on, and which are worth the copy: those of long runs.
    var stateFiles: [String] { get }

    /// Computes the content, going on from what an earlier attempt has left in `folder`.
    ///
    /// Called on a thread of its own. Equal calculations give equal contents, bit for bit, unless they measure time.
    /// - Throws: `Interrupted` when `control.stop` was raised, with a checkpoint left; any other error is a failure, and
    ///   what is in the folder stays for those who look for its reason.
    func run(in folder: WorkFolder, control: RunControl) throws -> Content
}

/// How many cores a calculation takes.
public enum CoreDemand: Codable, Hashable, Sendable {
    /// So many, beside others.
    case shared(Int)
    /// So many, and nothing else may run meanwhile: what measures time.
    case alone(Int)

    public var count: Int {
        switch self {
        case .shared(let count), .alone(let count): count
        }
    }
}

extension Calculation {
    public static var stage: ResourceStage { .exploration }
    public var cores: CoreDemand { .shared(1) }
    public var dependencies: [any Calculation] { [] }
    public var folderKey: String { key }
    public var stateFiles: [String] { [] }

    /// The SHA-256 of kind and canonical JSON, in hexadecimal.
    public var key: String {
        do {
            return try JSONText.hash(of: CalculationFile(self))
        } catch {
            preconditionFailure("\(Self.kind) cannot be written as JSON: \(error)")
        }
    }
}
