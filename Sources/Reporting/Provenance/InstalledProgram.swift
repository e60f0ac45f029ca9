import Subprocess

/// Optional programs of the machine.
public enum InstalledProgram {
    /// The first line that `name` prints when called with `arguments`, or nil when it is not installed.
    public static func firstLine(_ name: String, _ arguments: [String]) async -> String? {
        let result = try? await run(
            .name(name), arguments: Arguments(arguments), output: .string(limit: 1 << 16),
            error: .string(limit: 1 << 16))
        guard let result else { return nil }
        let text = result.standardOutput + "\n" + result.standardError
        return text.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// The commit of the checkout around `folder`, with `-modified` when tracked files differ; nil outside one.
    public static func commit(of folder: String) async -> String? {
        func git(_ arguments: [String]) async -> String? {
            let result = try? await run(
                .name("git"), arguments: Arguments(["-C", folder] + arguments), output: .string(limit: 1 << 16))
            guard let result, result.terminationStatus.isSuccess else { return nil }
            return result.standardOutput.trimmed
        }
        guard let head = await git(["rev-parse", "HEAD"]) else { return nil }
        let isModified = await git(["status", "--porcelain", "--untracked-files=no"])?.isEmpty == false
        return isModified ? head + "-modified" : head
    }
}

extension String {
    fileprivate var trimmed: String {
        let isSpace: (Character) -> Bool = \.isWhitespace
        let head = drop(while: isSpace)
        return String(head.reversed().drop(while: isSpace).reversed())
    }
}
