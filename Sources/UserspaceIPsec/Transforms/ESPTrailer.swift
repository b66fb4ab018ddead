/// The end of what ESP encrypts: padding, its length, and the next header (RFC 4303 sections 2.4 to 2.6).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | Padding 1, 2, 3, … (0-255 octets) |  Pad Length | Next Header |
/// ```
struct ESPTrailer: Equatable {
    let padLength: UInt8
    let nextHeader: UInt8

    /// The least trailer that makes `count` octets of payload a multiple of `block` octets.
    init(payloadCount count: Int, block: Int, nextHeader: UInt8) {
        padLength = UInt8((block - (count + 2) % block) % block)
        self.nextHeader = nextHeader
    }

    /// The trailer at the end of `plaintext`, and where it starts.
    static func parse(_ plaintext: [UInt8]) throws(TransformError) -> (trailer: ESPTrailer, start: Int) {
        guard plaintext.count >= 2 else { throw .truncated }
        let trailer = ESPTrailer(padLength: plaintext[plaintext.count - 2], nextHeader: plaintext[plaintext.count - 1])
        let start = plaintext.count - trailer.count
        guard start >= 0 else { throw .padding }
        for index in 0..<Int(trailer.padLength) where plaintext[start + index] != UInt8(index + 1) { throw .padding }
        return (trailer, start)
    }

    /// The length in octets.
    var count: Int { Int(padLength) + 2 }

    /// Adds the trailer to the payload.
    func append(to plaintext: inout [UInt8]) {
        for number in 0..<padLength { plaintext.append(number + 1) }
        plaintext.append(padLength)
        plaintext.append(nextHeader)
    }

    private init(padLength: UInt8, nextHeader: UInt8) {
        (self.padLength, self.nextHeader) = (padLength, nextHeader)
    }
}
