/// Why an octet stream is not one of CXTP messages (RFC 4067 section 2.1).
package enum FramingError: Error, Hashable, Sendable {
    /// The version is not 1.
    case version(UInt8)
    /// The length is less than that of the header, 4.
    case length(UInt16)
}

extension FramingError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .version(let version): "a message has version \(version), not 1"
        case .length(let length): "a message has length \(length), less than its header"
        }
    }
}
