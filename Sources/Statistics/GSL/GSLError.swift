@preconcurrency import CGSL

/// A failure that the GNU Scientific Library reported: a singular matrix, an argument outside a function's domain.
public struct GSLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// GSL's status, as in `gsl_errno.h`.
    public let status: Int32
    /// The function that returned it.
    public let function: String

    /// GSL's own words for the status (`gsl_strerror`).
    public var message: String { String(cString: gsl_strerror(status)) }

    public var description: String { "\(function): \(message) (GSL status \(status))" }
}

/// How the module calls GSL: without its abort handler, statuses turned into thrown errors.
enum GSL {
    /// GSL's default handler aborts the process; it is turned off once, before the first call.
    private static let handlerIsOff: Void = { _ = gsl_set_error_handler_off() }()

    /// Must run before any GSL function that may report an error.
    static func prepare() { handlerIsOff }

    /// Runs `body` and throws when the status that it returns is not `GSL_SUCCESS`.
    static func call(_ function: String, _ body: () -> Int32) throws {
        prepare()
        let status = body()
        guard status == Int32(GSL_SUCCESS) else { throw GSLError(status: status, function: function) }
    }
}
