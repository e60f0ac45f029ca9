/// A fault in what the user gave us: it names the file, the place in it, what is wrong there and how to mend it.
///
/// Thrown for every bad file, value or option; programmers' mistakes trap instead.
public struct InputError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file or folder at fault, when there is one.
    public var file: String?
    /// Where in the file: a line, a frame, an atom, a key.
    public var place: String?
    /// What is wrong, with the offending value.
    public var problem: String
    /// What the user can do about it.
    public var mend: String?

    public init(file: String? = nil, place: String? = nil, problem: String, mend: String? = nil) {
        self.file = file
        self.place = place
        self.problem = problem
        self.mend = mend
    }

    public var description: String {
        let location = [file, place].compactMap { $0 }.joined(separator: ", ")
        let head = location.isEmpty ? problem : "\(location): \(problem)"
        guard let mend else { return head }
        return "\(head) (\(mend))"
    }
}
