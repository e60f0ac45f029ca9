import Files
import Foundation
import Testing

@testable import Execution

struct ExternalProcessGuardTests {
    private let temporary: TemporaryStore
    private let folder: WorkFolder

    init() throws {
        temporary = try TemporaryStore()
        folder = try temporary.store.workFolder("a")
    }

    private func start(_ command: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        try process.runWithSignals()
        return process
    }

    @Test func leftoverIsEnded() throws {
        let sleeper = try start("exec sleep 600")
        try ExternalProcessGuard.record(sleeper.processIdentifier, in: folder)
        #expect(try ExternalProcessGuard.endLeftover(in: folder))
        sleeper.waitUntilExit()
        #expect(sleeper.terminationReason == .uncaughtSignal && sleeper.terminationStatus == SIGTERM)
        #expect(try !ExternalProcessGuard.endLeftover(in: folder))
    }

    @Test func oneThatIgnoresSIGTERMIsKilled() throws {
        let stubborn = try start("trap '' TERM; echo ready > '\(folder.file("ready"))'; while :; do sleep 0.05; done")
        while !FileManager.default.fileExists(atPath: folder.file("ready")) { usleep(10_000) }
        try ExternalProcessGuard.record(stubborn.processIdentifier, in: folder)
        #expect(try ExternalProcessGuard.endLeftover(in: folder, patience: .milliseconds(300)))
        stubborn.waitUntilExit()
        #expect(stubborn.terminationStatus == SIGKILL)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/setsid")))
    func wholeGroupIsEnded() throws {
        let leader = Process()
        leader.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        leader.arguments = ["--wait", "sh", "-c", "sleep 600 & echo $$ $!; wait"]
        let output = Pipe()
        leader.standardOutput = output
        try leader.runWithSignals()
        let words = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
        try #require(words.count == 2)
        try ExternalProcessGuard.record(words[0], in: folder)
        let member = try #require(ProcessIdentity(words[1]))
        #expect(try ExternalProcessGuard.endLeftover(in: folder))
        #expect(!member.isAlive)
        leader.waitUntilExit()
    }

    @Test func unrelatedProcessOfTheSameNumberIsLeftAlone() throws {
        let sleeper = try start("exec sleep 600")
        defer { kill(sleeper.processIdentifier, SIGKILL) }
        let identity = try #require(ProcessIdentity(sleeper.processIdentifier))
        let text = String(decoding: try JSONText.data(identity), as: UTF8.self)
        try AtomicFile.write(
            text.replacingOccurrences(of: identity.start, with: "12"), to: folder.file("external-process.json"))
        #expect(try !ExternalProcessGuard.endLeftover(in: folder))
        #expect(identity.isAlive)
    }

    @Test func endedProcessIsNoLeftover() throws {
        let brief = try start("true")
        try ExternalProcessGuard.record(brief.processIdentifier, in: folder)
        brief.waitUntilExit()
        #expect(try !ExternalProcessGuard.endLeftover(in: folder))
    }

    @Test func clearForgets() throws {
        let sleeper = try start("exec sleep 600")
        defer { kill(sleeper.processIdentifier, SIGKILL) }
        try ExternalProcessGuard.record(sleeper.processIdentifier, in: folder)
        ExternalProcessGuard.clear(in: folder)
        #expect(try !ExternalProcessGuard.endLeftover(in: folder))
        #expect(sleeper.isRunning)
    }
}

extension Process {
    /// Begins with no signal blocked. The threads that tests run on block most of them, and a child would too.
    func runWithSignals() throws {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try run()
    }
}
