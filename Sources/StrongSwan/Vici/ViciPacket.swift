/// What one segment of a VICI connection holds.
///
/// ```
/// command request    0  name  message      event register     3  name
/// command response   1  message            event unregister   4  name
/// command unknown    2                     event confirm      5
/// event              7  name  message      event unknown      6
/// ```
package enum ViciPacket: Hashable, Sendable {
    /// Asks charon to do something.
    case commandRequest(String, ViciMessage)
    /// The answer to the one command that a connection has open.
    case commandResponse(ViciMessage)
    /// Charon does not know the command.
    case commandUnknown
    /// Asks for events of that name.
    case eventRegister(String)
    /// Asks for no more events of that name.
    case eventUnregister(String)
    /// The answer to either, where charon knows the event.
    case eventConfirm
    /// The answer to either, where it does not.
    case eventUnknown
    /// Something happened, or a part of a command's answer.
    case event(String, ViciMessage)
}

extension ViciPacket {
    /// The packet of a segment's octets, all of them.
    package init(decoding octets: ArraySlice<UInt8>) throws(ViciError) {
        var reader = ViciReader(octets)
        let type = try reader.octet()
        switch type {
        case 0: self = .commandRequest(try reader.name(), try ViciMessage(decoding: reader.remainder()))
        case 1: self = .commandResponse(try ViciMessage(decoding: reader.remainder()))
        case 2: self = .commandUnknown
        case 3: self = .eventRegister(try reader.name())
        case 4: self = .eventUnregister(try reader.name())
        case 5: self = .eventConfirm
        case 6: self = .eventUnknown
        case 7: self = .event(try reader.name(), try ViciMessage(decoding: reader.remainder()))
        default: throw .unknownPacket(type)
        }
        try reader.finish()
    }

    /// The octets of the packet, without the segment's length.
    package func encoded() throws(ViciError) -> [UInt8] {
        var octets: [UInt8] = []
        switch self {
        case .commandRequest(let name, let message): try octets.append(0, name, message)
        case .commandResponse(let message): octets = [1] + (try message.encoded())
        case .commandUnknown: octets = [2]
        case .eventRegister(let name): try octets.append(3, name, ViciMessage())
        case .eventUnregister(let name): try octets.append(4, name, ViciMessage())
        case .eventConfirm: octets = [5]
        case .eventUnknown: octets = [6]
        case .event(let name, let message): try octets.append(7, name, message)
        }
        return octets
    }

    /// What it is called where it comes as a surprise.
    package var kind: String {
        switch self {
        case .commandRequest: "a command"
        case .commandResponse: "the answer to a command"
        case .commandUnknown: "that a command is unknown"
        case .eventRegister: "a registration"
        case .eventUnregister: "the end of a registration"
        case .eventConfirm: "the confirmation of a registration"
        case .eventUnknown: "that an event is unknown"
        case .event(let name, _): "the event \(name)"
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ type: UInt8, _ name: String, _ message: ViciMessage) throws(ViciError) {
        append(type)
        try appendName(name)
        append(contentsOf: try message.encoded())
    }
}
