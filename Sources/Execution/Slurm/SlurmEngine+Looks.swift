import Files
import Foundation
import Parallel

extension SlurmEngine {
    /// Running ones whose fraction is read in one look.
    private static let fractionsPerLook = 100

    /// Looks which jobs have told how they ended, and does what follows.
    ///
    /// - Throws: `InputError` when the store cannot be written.
    func lookForExits(at now: ContinuousClock.Instant) throws {
        for (name, open) in arrays {
            // One listing for all elements.
            let told = Set(journal.exits(name))
            for place in open.places {
                let key = open.array.elements[place].key
                guard var element = elements[key], element.array == name, element.place == place else { continue }
                let isTold = told.contains(place)
                // A file that a disk shows late is found by its name, and one that a requeued job has removed is gone.
                if element.exit == nil, isTold || element.goneSince != nil {
                    guard let exit = journal.exit(name, place) else { continue }
                    element.exit = exit
                    element.exitSince = now
                    element.isSightedAfterExit = false
                    if exit.isSignalled { hurryPoll(at: now) }
                } else if element.exit != nil, !isTold {
                    element.exit = nil
                    element.exitSince = nil
                } else {
                    continue
                }
                elements[key] = element
            }
        }
        try judge(at: now)
    }

    /// Asks for all jobs at once, and does what follows.
    ///
    /// - Throws: `InputError` when the store cannot be written.
    func poll(at now: ContinuousClock.Instant) throws {
        let answer = try stoppable { try commands.run("squeue", SlurmQueue.arguments(user: getuid()), mayStop: true) }
        lastPoll = now
        guard let answer, answer.status == 0 else {
            // Nothing is known, and nothing follows from it.
            if let answer { notices.once("Slurm does not answer, which hinders no job: \(answer.words)") }
            return postponePoll(now)
        }
        let queue = SlurmQueue(answer.output, prefix: journal.prefix)
        var isNews = false
        for name in arrays.keys { try adoptNumber(of: name, in: queue) }
        for key in elements.keys {
            guard var element = elements[key], let array = arrays[element.array]?.array else { continue }
            let entry = queue.entries(element.array, element.place).first { $0.job == array.job }
            let sighting = entry.map { SlurmElement.Sighting.entry($0) } ?? .absent
            isNews = isNews || sighting.word != element.sighting.word
            element.sighting = sighting
            element.sighted = now
            element.isSightedAfterExit = element.exit != nil
            if let entry, entry.state.isAlive {
                element.wasAlive = true
                element.goneSince = nil
                if entry.state == .running, !element.hasBegun {
                    element.hasBegun = true
                    news.append(.began(key: key, at: .now))
                }
            } else if element.goneSince == nil {
                element.goneSince = now
                isNews = true
            }
            elements[key] = element
        }
        if isNews { hurryPoll(at: now) } else { postponePoll(now) }
        notices.tellReasons(of: elements.values, at: now)
        cancelJobs(
            of: Set(elements.values.filter { $0.isCancelled && $0.wasAlive && $0.goneSince == nil }.map(\.job.key)))
        try judge(at: now)
    }

    /// Learns the number of an array that sbatch did not tell, or told to a driver that is dead. Of one that was submitted
    /// twice, the first counts, and the other is cancelled.
    private func adoptNumber(of name: String, in queue: SlurmQueue) throws {
        guard var array = arrays[name]?.array else { return }
        let entries = queue.entries(name)
        let jobs = Set(entries.map(\.job))
        if array.job == nil, let first = jobs.min(by: { ($0.count, $0) < ($1.count, $1) }) {
            array.job = first
            hasSubmitted = true
            arrays[name]?.array = array
            try journal.write(array)
        }
        let others = Set(entries.filter { $0.job != array.job && $0.state.isAlive }.map(\.job))
        if !others.isEmpty { _ = try? commands.run("scancel", others.sorted()) }
    }

    func postponePoll(_ now: ContinuousClock.Instant) {
        pollInterval = min(pollInterval * 1.5, .seconds(machine.limits.longestPoll))
        nextPoll = now + pollInterval
    }

    /// Something has happened, or is about to: the next look comes as soon as the queue may be asked.
    func hurryPoll(at now: ContinuousClock.Instant) {
        pollInterval = .seconds(machine.limits.shortestPoll)
        nextPoll = (lastPoll ?? now) + pollInterval
    }

    /// - Returns: nil when a stop was asked for meanwhile.
    func stoppable<Value>(_ body: () throws -> Value) throws -> Value? {
        do { return try body() } catch is Interrupted { return nil }
    }

    /// What follows from everything that is known.
    private func judge(at now: ContinuousClock.Instant) throws {
        var settled: [String: [Int]] = [:]
        for (key, element) in elements where element.exit != nil || element.goneSince != nil {
            let verdict = element.verdict(at: now, patience: .seconds(machine.limits.patience)) {
                SlurmElement.Files(
                    end: (try? Worker.end(of: element.job, in: store)) ?? nil,
                    hasOutcome: store.outcomes.contains(key), log: journal.lastLines(element.array, element.place))
            }
            guard verdict != .wait else { continue }
            elements[key] = nil
            settled[element.array, default: []].append(element.place)
            switch verdict {
            case .wait: break
            case .ended(let end): finish(element, end)
            case .lost(let reason) where arrays[element.array]?.array.job != nil: lose(element, reason, at: now)
            // Of what nobody has submitted nothing is lost.
            case .lost, .again: insert(Waiting(job: element.job, losses: element.losses))
            }
        }
        for (name, places) in settled { try settle(name, places) }
    }

    private func finish(_ element: SlurmElement, _ end: JobEnd) {
        let key = element.job.key
        if !element.hasBegun, let exit = element.exit { news.append(.began(key: key, at: exit.start)) }
        var end = end
        if end.status != .done { end.fraction = end.fraction ?? Worker.fraction(of: element.job, in: store) }
        heard[key] = nil
        if end.status != .done { arrays[element.array]?.hadTrouble = true }
        news.append(.ended(key: key, end))
    }

    private func lose(_ element: SlurmElement, _ reason: String, at now: ContinuousClock.Instant) {
        arrays[element.array]?.hadTrouble = true
        let losses = element.losses + [reason]
        let folder = try? store.workFolder(element.job.folderKey)
        folder?.log("job \(element.array), place \(element.place), was lost: \(reason)")
        guard losses.count <= Self.retries.count else {
            let reasons = losses.joined(separator: "; ")
            return finish(
                element,
                JobEnd(
                    .failed, reason: "its job was lost \(losses.count) times: \(reasons)",
                    lastLines: journal.lastLines(element.array, element.place)))
        }
        heard[element.job.key] = nil
        insert(Waiting(job: element.job, losses: losses, begin: now + Self.retries[losses.count - 1]))
    }

    private func settle(_ name: String, _ places: [Int]) throws {
        arrays[name]?.places.subtract(places)
        if let open = arrays[name], open.places.isEmpty {
            arrays[name] = nil
            if !open.hadTrouble { return journal.remove(name) }
        }
        try journal.settle(name, places)
    }

    /// Asks Slurm to end jobs; those whose number is not known yet are asked for with the next look.
    func cancelJobs(of keys: Set<String>) {
        let numbers = keys.compactMap { key -> String? in
            guard let element = elements[key], let job = arrays[element.array]?.array.job else { return nil }
            return maximalArray == 1 ? job : "\(job)_\(element.place)"
        }
        for start in stride(from: 0, to: numbers.count, by: 500) {
            let some = numbers[start..<min(start + 500, numbers.count)]
            let answer = try? commands.run("scancel", some.sorted())
            if let answer, answer.status != 0 { notices.once("scancel: \(answer.words)") }
        }
    }

    /// Reads how far some of the running ones are, those whose turn it is.
    func hearFractions() {
        let running = elements.filter { $0.value.hasBegun }.keys.sorted()
        guard !running.isEmpty else { return }
        for offset in 0..<min(Self.fractionsPerLook, running.count) {
            let key = running[(fractionTurn + offset) % running.count]
            guard let job = elements[key]?.job, let fraction = Worker.fraction(of: job, in: store) else { continue }
            heard[key] = fraction
        }
        fractionTurn = (fractionTurn + Self.fractionsPerLook) % running.count
    }
}
