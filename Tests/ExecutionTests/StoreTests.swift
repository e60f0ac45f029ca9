import Files
import Foundation
import Testing

@testable import Execution

struct StoreTests {
    private let temporary: TemporaryStore
    private var store: Store { temporary.store }

    init() throws { temporary = try TemporaryStore() }

    @Test func inputsAreKept() throws {
        let file = "\(temporary.folder)/model"
        try AtomicFile.write("weights", to: file)
        let hash = try store.inputs.add(file: file)
        try store.saveInputs()
        #expect(try Store(existing: store.path).inputs.path(of: hash) == file)
    }

    @Test func otherVersionIsRefused() throws {
        try AtomicFile.write("{\"version\": 99}", to: "\(store.path)/store.json")
        let error = #expect(throws: InputError.self) { try Store(store.path) }
        #expect(error?.problem.contains("99") == true)
    }

    @Test func folderOfOtherThingsIsNotMadeAStore() throws {
        try Folder.make("\(temporary.folder)/photos")
        try AtomicFile.write("", to: "\(temporary.folder)/photos/cat.jpeg")
        #expect(throws: InputError.self) { try Store("\(temporary.folder)/photos") }
    }

    @Test func absentStoreIsNotMadeByReaders() {
        #expect(throws: InputError.self) { try Store(existing: "\(temporary.folder)/nothing") }
        #expect(!FileManager.default.fileExists(atPath: "\(temporary.folder)/nothing"))
    }

    @Test func secondDriverIsRefusedAndToldOfTheFirst() throws {
        let first = try DriverLock(store)
        withExtendedLifetime(first) {
            let error = #expect(throws: InputError.self) { try DriverLock(store) }
            #expect(error?.problem.contains("process \(getpid()) on \(ProcessInfo.processInfo.hostName)") == true)
            #expect(throws: InputError.self) { try store.retry() }
        }
    }

    @Test func lockGoesWithItsDriver() throws {
        do { _ = try DriverLock(store) }
        _ = try DriverLock(store)
    }

    /// util-linux; a process that holds a lock and can be killed.
    private static let flock = "/usr/bin/flock"

    @Test(.enabled(if: FileManager.default.fileExists(atPath: flock)))
    func lockOfKilledDriverIsTakenOver() throws {
        let driver = Process()
        driver.executableURL = URL(fileURLWithPath: Self.flock)
        driver.arguments = ["--no-fork", store.path, "sh", "-c", "echo locked; exec sleep 600"]
        let output = Pipe()
        driver.standardOutput = output
        try driver.run()
        #expect(!output.fileHandleForReading.availableData.isEmpty)
        #expect(throws: InputError.self) { try DriverLock(store) }
        kill(driver.processIdentifier, SIGKILL)
        driver.waitUntilExit()
        _ = try DriverLock(store)
    }
}
