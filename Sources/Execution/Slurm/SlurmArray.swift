import Files
import Foundation

/// One job array: its calculations in their order, and whether it was submitted.
///
///     STORE/slurm/NAME/array.json      this; written before sbatch, and again with the number that it gives
///     STORE/slurm/NAME/elements.txt    FOLDERKEY/KEY, a line each, for the script
///     STORE/slurm/NAME/job.sh          the script
///     STORE/slurm/NAME/log/PLACE.txt   what an element writes
///     STORE/slurm/NAME/exit/PLACE.json how it ended (`SlurmExit`)
///     STORE/slurm/NAME/settled         places that need no more care, a line each
struct SlurmArray: Codable, Sendable {
    struct Element: Codable, Sendable {
        var key: String
        var folderKey: String
        /// What became of earlier jobs for it that were lost.
        var losses: [String]
    }

    /// Of the jobs in Slurm, and no other's.
    var name: String
    var elements: [Element]
    /// Seconds since 1970.
    var created: Double
    /// Slurm's number; nil until sbatch has told it.
    var job: String?
}

/// The arrays of a store, as files: what was meant to be submitted is known to the next driver, whatever ended this one.
struct SlurmJournal: Sendable {
    let folder: String
    private let outcomes: OutcomeStore
    /// Of the names of all jobs of this store.
    let prefix: String

    init(_ store: Store) {
        let path = URL(fileURLWithPath: store.path).standardizedFileURL
        folder = "\(path.path)/slurm"
        outcomes = store.outcomes
        // Whichever way leads to the store.
        prefix = "lgps-\(SHA256.hexadecimal(of: path.resolvingSymlinksInPath().path).prefix(8))-"
    }

    /// A name that no array had before: the store, the stage, and the calculations with the time.
    func name(stage: ResourceStage, elements: [SlurmArray.Element], at date: Date) -> String {
        let content = elements.map(\.key).joined() + "\(date.timeIntervalSince1970)"
        return "\(prefix)\(stage.rawValue)-\(SHA256.hexadecimal(of: content).prefix(8))"
    }

    func path(_ name: String, _ file: String = "") -> String {
        file.isEmpty ? "\(folder)/\(name)" : "\(folder)/\(name)/\(file)"
    }

    /// All arrays that hold calculations which are neither settled nor done, the oldest first, with their open places.
    ///
    /// What a driver left that was killed while it wrote is passed over: nothing of it was submitted.
    /// - Parameter tidies: removes what is left of arrays that are done as a whole; for drivers.
    func open(tidies: Bool = false) -> [(array: SlurmArray, places: Set<Int>)] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasPrefix(prefix) }.compactMap { name in
            guard let array = try? JSONText.read(SlurmArray.self, from: path(name, "array.json")) else { return nil }
            let missing = array.elements.indices.filter { !outcomes.contains(array.elements[$0].key) }
            if missing.isEmpty, tidies { remove(name) }
            let places = Set(missing).subtracting(settled(name))
            return places.isEmpty ? nil : (array, places)
        }.sorted { ($0.array.created, $0.array.name) < ($1.array.created, $1.array.name) }
    }

    private func settled(_ name: String) -> [Int] {
        guard let data = FileManager.default.contents(atPath: path(name, "settled")) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    }

    /// Writes what is about to be submitted.
    ///
    /// - Throws: `InputError` when it cannot be written.
    func plan(_ array: SlurmArray, script: String) throws {
        for folder in ["log", "exit"] { try Folder.make(path(array.name, folder)) }
        let lines = array.elements.map { "\($0.folderKey)/\($0.key)\n" }.joined()
        try AtomicFile.write(lines, to: path(array.name, "elements.txt"))
        try AtomicFile.write(script, to: path(array.name, "job.sh"))
        try write(array)
    }

    func write(_ array: SlurmArray) throws { try JSONText.write(array, to: path(array.name, "array.json")) }

    /// Cancels the jobs of some calculations, when no driver looks after them.
    ///
    /// - Throws: `InputError` when there are such jobs, but no Slurm.
    func cancel(_ keys: Set<String>, commands: SlurmCommands = SlurmCommands()) throws {
        let numbers = open().flatMap { array, places in
            places.sorted().filter { keys.contains(array.elements[$0].key) }.compactMap { place in
                array.job.map { "\($0)_\(place)" }
            }
        }
        guard !numbers.isEmpty else { return }
        let answer = try commands.run("scancel", numbers)
        guard answer.status == 0 else {
            throw InputError(
                problem: "Slurm does not cancel \(numbers.joined(separator: ", ")): \(answer.words)",
                mend: "call scancel by hand")
        }
    }

    /// These places need no more care.
    func settle(_ name: String, _ places: [Int]) throws {
        let file = path(name, "settled")
        guard let stream = fopen(file, "a") else {
            throw InputError(
                file: file, problem: "cannot be written: \(String(cString: strerror(errno)))",
                mend: "check that the folder is writable and has space left")
        }
        defer { fclose(stream) }
        for place in places { fputs("\(place)\n", stream) }
    }

    /// Nothing of the array is of use any more.
    func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path(name)) }

    /// Places of an array whose jobs have told how they ended.
    func exits(_ name: String) -> [Int] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path(name, "exit"))) ?? []
        return files.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }
    }

    /// How a job ended; nil when it has not told, or its file is not seen yet.
    func exit(_ name: String, _ place: Int) -> SlurmExit? {
        try? JSONText.read(SlurmExit.self, from: path(name, "exit/\(place).json"))
    }

    /// The last lines that a job has written.
    func lastLines(_ name: String, _ place: Int, count: Int = 10) -> [String] {
        guard let data = FileManager.default.contents(atPath: path(name, "log/\(place).txt")) else { return [] }
        return String(decoding: data.suffix(1 << 14), as: UTF8.self).split(separator: "\n").suffix(count).map(
            String.init)
    }
}
