internal import CLinuxXfrm

/// One netlink message: a header of 16 octets and what follows it.
package struct NetlinkMessage: Equatable, Sendable {
    package var type: UInt16
    package var flags: UInt16
    /// Says to which request an answer belongs; 0 for a notification.
    package var sequence: UInt32
    /// The socket that asked; 0 is the kernel, or whoever sends.
    package var port: UInt32 = 0
    package var payload: ArraySlice<UInt8>

    package init(type: UInt16, flags: UInt16, sequence: UInt32 = 0, port: UInt32 = 0, payload: ArraySlice<UInt8>) {
        (self.type, self.flags, self.sequence, self.port, self.payload) = (type, flags, sequence, port, payload)
    }

    static let headerOctets = 16

    /// The message with its header, padded to a multiple of 4 octets.
    package var encoded: [UInt8] {
        var writer = KernelWriter(capacity: Self.headerOctets + payload.count + 3)
        append(to: &writer)
        return writer.octets
    }

    /// Writes the same behind others.
    func append(to writer: inout KernelWriter) {
        writer.integer(UInt32(Self.headerOctets + payload.count))
        writer.integer(type)
        writer.integer(flags)
        writer.integer(sequence)
        writer.integer(port)
        writer.append(payload)
        writer.zeros(padding(payload.count))
    }

    /// The messages of one datagram.
    package static func all(in datagram: [UInt8]) throws(NetlinkError) -> [NetlinkMessage] {
        var messages: [NetlinkMessage] = []
        try append(all: datagram, to: &messages)
        return messages
    }

    /// The messages of one datagram, behind those of others.
    static func append(all datagram: [UInt8], to messages: inout [NetlinkMessage]) throws(NetlinkError) {
        var rest = datagram[...]
        while rest.count >= headerOctets {
            var reader = KernelReader(rest)
            let length = Int(try reader.integer(UInt32.self))
            guard length >= headerOctets, length <= rest.count else { throw .truncated }
            messages.append(
                NetlinkMessage(
                    type: try reader.integer(), flags: try reader.integer(), sequence: try reader.integer(),
                    port: try reader.integer(),
                    payload: rest.dropFirst(headerOctets).prefix(length - headerOctets)))
            rest = rest.dropFirst(length + padding(length))
        }
        guard rest.isEmpty else { throw .truncated }
    }

    /// What an answer of type `NLMSG_ERROR` says: 0 is well done, else an `errno`; `nil` for any other message.
    package var answer: Int32? {
        get throws(NetlinkError) {
            guard type == UInt16(NLMSG_ERROR) else { return nil }
            var reader = KernelReader(payload)
            return -Int32(bitPattern: try reader.integer(UInt32.self))
        }
    }

    /// Whether it is the last one of a dump.
    package var isDone: Bool { type == UInt16(NLMSG_DONE) }

    /// Whether what is dumped changed since the dump began.
    package var isInconsistent: Bool { flags & UInt16(NLM_F_DUMP_INTR) != 0 }
}

/// How many octets fill up to a multiple of 4.
func padding(_ count: Int) -> Int { (4 - count % 4) % 4 }
