package import NIOCore

/// Cuts an octet stream into CXTP messages by their headers (RFC 4067 section 2.1):
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Vers.|  Type   |V|  Reserved   |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Only the version and the length, which counts the header, are looked at.
package struct MessageFraming: Sendable {
    /// What was received and not looked at.
    private var input = ByteBuffer()
    /// The beginning of a message; once its length is known there is room for all of it, so that it never moves.
    private var begun: [UInt8] = []

    /// At the beginning of a stream.
    package init() {}

    /// How many octets of an unfinished message are held; below 65,535 once ``next()`` returned `nil`.
    package var held: Int { begun.count + input.readableBytes }

    /// Adds what was received. It is overwritten as it is read, since it may hold keys.
    package mutating func append(_ received: ByteBuffer) {
        if input.readableBytes == 0 {
            input = received
        } else {
            input.writeImmutableBuffer(received)
        }
    }

    /// The next whole message; `nil` when more octets are needed. After an error the stream cannot be used any more.
    package mutating func next() throws(FramingError) -> [UInt8]? {
        take(upTo: 4)
        guard let first = begun.first else { return nil }
        guard first >> 5 == 1 else { throw .version(first >> 5) }
        guard begun.count >= 4 else { return nil }
        let length = UInt16(begun[2]) << 8 | UInt16(begun[3])
        guard length >= 4 else { throw .length(length) }
        begun.reserveCapacity(Int(length))
        take(upTo: Int(length))
        guard begun.count == Int(length) else { return nil }
        return begun.taken()
    }

    /// Overwrites what is held.
    package mutating func wipe() {
        begun.wipe()
        input.overwrite()
        self = MessageFraming()
    }

    /// Goes on with the message until it has `count` octets.
    private mutating func take(upTo count: Int) {
        let wanted = min(count - begun.count, input.readableBytes)
        guard wanted > 0, let part = input.readSlice(length: wanted) else { return }
        part.withUnsafeReadableBytes { begun.append(contentsOf: $0) }
        part.overwrite()
        if input.readableBytes == 0 { input = ByteBuffer() }
    }

    /// Whether `message` is one whole message by its own header.
    package static func isWhole(_ message: [UInt8]) -> Bool {
        message.count >= 4 && message[0] >> 5 == 1
            && Int(message[2]) << 8 | Int(message[3]) == message.count
    }
}
