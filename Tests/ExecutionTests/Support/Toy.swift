import Files
import Foundation
import Parallel
import Synchronization

@testable import Execution

/// A calculation whose work a test gives by name.
struct Toy: Calculation {
    static let kind = "toy/1"

    var name: String
    var cost = 1.0
    var cores = CoreDemand.shared(1)
    var needs: [Toy] = []
    /// Toys of one group share a folder.
    var group: String?

    var title: String { name }
    var dependencies: [any Calculation] { needs }
    var folderKey: String { group.map { SHA256.hexadecimal(of: $0) } ?? key }

    func run(in folder: WorkFolder, control: RunControl) throws -> Int {
        try Self.bodies.withLock { $0[name] }?(folder, control) ?? 1
    }

    typealias Body = @Sendable (WorkFolder, RunControl) throws -> Int
    private static let bodies = Mutex<[String: Body]>([:])

    /// A toy of a name that no other test has.
    static func make(
        _ name: String = "toy", cost: Double = 1, cores: CoreDemand = .shared(1), needs: [Toy] = [],
        group: String? = nil, body: @escaping Body = { _, _ in 1 }
    ) -> Toy {
        let toy = Toy(name: "\(name) \(UUID().uuidString)", cost: cost, cores: cores, needs: needs, group: group)
        toy.does(body)
        return toy
    }

    func does(_ body: @escaping Body) { Self.bodies.withLock { $0[name] = body } }
}

/// Another kind, that fits the same files.
struct OtherToy: Calculation {
    static let kind = "other/1"
    var name: String
    var title: String { name }
    var cost: Double { 1 }
    func run(in folder: WorkFolder, control: RunControl) throws -> Int { 2 }
}

struct ToyError: Error, CustomStringConvertible { var description: String }

/// A list that threads write.
final class Journal<Element: Sendable>: Sendable {
    private let entries = Mutex<[Element]>([])
    func add(_ entry: Element) { entries.withLock { $0.append(entry) } }
    var all: [Element] { entries.withLock { $0 } }
}

extension DispatchSemaphore {
    /// Waits long enough for any machine (other tests may hold all threads of the concurrency for minutes); a test that waits in vain fails.
    func await(_ what: String) throws {
        guard wait(timeout: .now() + 300) == .success else { throw ToyError(description: "waited in vain for \(what)") }
    }
}
