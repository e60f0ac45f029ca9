import Files
import Foundation

extension Store {
    /// Lets failed and cancelled calculations be tried again by the next run.
    ///
    /// - Parameter keys: or their first characters; all that failed when nil.
    /// - Returns: the keys that will be tried.
    /// - Throws: `InputError` when a driver has the store, a key is unknown or ambiguous, or the ledger is damaged.
    @discardableResult
    public func retry(_ keys: [String]? = nil) throws -> [String] {
        let lock = try DriverLock(self)
        return try withExtendedLifetime(lock) {
            let ledger = try Ledger(ledgerFile)
            let whole = try keys?.map(ledger.reader.key)
            return try ledger.move(whole, from: keys == nil ? [.failed] : [.failed, .cancelled], to: .waiting)
        }
    }

    /// Cancels calculations that wait or run: a running driver stops them at a checkpoint within seconds, and none begins
    /// them until they are retried. Those that a driver left with Slurm are cancelled there.
    ///
    /// - Parameter keys: or their first characters.
    /// - Returns: the whole keys.
    /// - Throws: `InputError` when a key is unknown or ambiguous, or the store cannot be written.
    @discardableResult
    public func cancel(_ keys: [String]) throws -> [String] {
        let whole = try keys.map(LedgerReader(of: self).key)
        // The ledger is the driver's: it takes the requests, at once or when it begins.
        try Folder.make(requestsFolder)
        for key in whole { try AtomicFile.write("", to: "\(requestsFolder)/\(key).cancel") }
        if let lock = try? DriverLock(self) {
            try withExtendedLifetime(lock) {
                _ = try Ledger(ledgerFile).move(takeCancelRequests(), from: [.waiting], to: .cancelled)
                try SlurmJournal(self).cancel(Set(whole))
            }
        }
        return whole
    }

    /// The keys that `cancel` has named since the last call.
    func takeCancelRequests() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: requestsFolder)) ?? []
        return names.sorted().compactMap { name in
            guard name.hasSuffix(".cancel") else { return nil }
            unlink("\(requestsFolder)/\(name)")
            return String(name.dropLast(7))
        }
    }
}
