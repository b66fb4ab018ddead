/// Why the kernel's words were not understood, or it did not do what it was asked.
package enum NetlinkError: Error, Equatable, Sendable {
    /// A message, an attribute or a structure ends before its length, or says a length that cannot be.
    case truncated
    /// A field has a value that Ferry does not know: the field's name, and the value.
    case unknown(String, UInt64)
    /// The kernel's answer to a request: an `errno`.
    case refused(Int32)
    /// The socket itself failed: an `errno`.
    case socket(Int32)
    /// The kernel dropped notifications, because they came faster than they were read: what is known has to be read again.
    case overrun
    /// A dump changed while it was read, and is to be read again.
    case inconsistent
    /// The kernel did not answer in time.
    case noAnswer
}

extension NetlinkError: CustomStringConvertible {
    /// A sentence without full stop.
    package var description: String {
        switch self {
        case .truncated: "the kernel sent less than it said"
        case .unknown(let field, let value): "the kernel says \(value) in \(field), which is not known"
        case .refused(let code): "the kernel refused: \(Self.words(code))"
        case .socket(let code): "the netlink socket failed: \(Self.words(code))"
        case .overrun: "the kernel dropped notifications"
        case .inconsistent: "what the kernel told changed while it was read"
        case .noAnswer: "the kernel does not answer"
        }
    }

    private static func words(_ code: Int32) -> String { ErrorText.of(code) }
}
