/// Why octets are not VICI, or why something cannot be said in VICI.
package enum ViciError: Error, Hashable, Sendable {
    /// A length promises more octets than there are.
    case truncated(needed: Int, available: Int)
    /// Octets after the end of a packet.
    case trailing(octets: Int)
    /// A packet type that the protocol does not have.
    case unknownPacket(UInt8)
    /// An element type that the protocol does not have.
    case unknownElement(UInt8)
    /// An element that has no place where it is: an item outside a list, something else inside one, one end too many.
    case misplaced(ViciElementType)
    /// The message ends inside that many sections and lists.
    case unclosed(Int)
    /// More sections inside each other than ``ViciMessage/deepest``.
    case tooDeep
    /// A name that is not UTF-8.
    case badName
    /// A segment of more octets than ``ViciSegments/longest``.
    case segment(octets: Int)
    /// A name of more than 255 octets, or a value of more than 65,535.
    case tooLong(octets: Int, limit: Int)
}

extension ViciError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .truncated(let needed, let available): "\(needed) octets are needed, \(available) are there"
        case .trailing(let octets): "\(octets) octets follow the end of a packet"
        case .unknownPacket(let type): "no packet has type \(type)"
        case .unknownElement(let type): "no element has type \(type)"
        case .misplaced(let type): "an element of type \(type.rawValue) is where none can be"
        case .unclosed(let count): "a message ends inside \(count) sections or lists"
        case .tooDeep: "more than \(ViciMessage.deepest) sections are inside each other"
        case .badName: "a name is not UTF-8"
        case .segment(let octets): "a segment has \(octets) octets, more than \(ViciSegments.longest)"
        case .tooLong(let octets, let limit): "\(octets) octets are too many, the limit is \(limit)"
        }
    }
}
