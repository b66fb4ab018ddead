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
    private var buffer = ByteBuffer()

    /// At the beginning of a stream.
    package init() {}

    /// How many octets of an unfinished message are held; below 65,535 once ``next()`` returned `nil`.
    package var held: Int { buffer.readableBytes }

    /// Adds what was received.
    package mutating func append(_ received: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = received
        } else {
            buffer.writeImmutableBuffer(received)
        }
    }

    /// The next whole message; `nil` when more octets are needed. After an error the stream cannot be used any more.
    package mutating func next() throws(FramingError) -> [UInt8]? {
        guard let first: UInt8 = buffer.getInteger(at: buffer.readerIndex) else { return nil }
        guard first >> 5 == 1 else { throw .version(first >> 5) }
        guard let length: UInt16 = buffer.getInteger(at: buffer.readerIndex + 2) else { return nil }
        guard length >= 4 else { throw .length(length) }
        guard let message = buffer.readBytes(length: Int(length)) else {
            buffer.discardReadBytes()
            return nil
        }
        return message
    }

    /// Whether `message` is one whole message by its own header.
    package static func isWhole(_ message: [UInt8]) -> Bool {
        message.count >= 4 && message[0] >> 5 == 1
            && Int(message[2]) << 8 | Int(message[3]) == message.count
    }
}
