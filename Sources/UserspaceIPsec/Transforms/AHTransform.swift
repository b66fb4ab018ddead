internal import IPPackets
internal import IPsec

/// AH as one SA does it (RFC 4302): the header with its ICV between the IP header and what that carried.
struct AHTransform: Sendable {
    private let spi: SPI
    private let integrity: IntegrityTransform
    private let isExtended: Bool

    /// `nil` when the suite is one of ESP.
    init?(spi: SPI, keys: KeyedSuite, extendedSequenceNumbers: Bool) {
        guard keys.suite.encryption == nil, let algorithm = keys.suite.integrity else { return nil }
        self.spi = spi
        integrity = IntegrityTransform(algorithm, key: keys.integrityKey)
        isExtended = extendedSequenceNumbers
    }

    /// The length of the header with ICV and padding.
    func count(_ family: AddressFamily) -> Int { AHHeader.count(icv: integrity.count, family) }

    /// The packet made of `headers`, which already name AH and the whole length, AH, and `payload`.
    func seal(
        headers: [UInt8], _ payload: ArraySlice<UInt8>, nextHeader: UInt8, number: SequenceNumber,
        _ family: AddressFamily
    ) throws(TransformError) -> [UInt8] {
        let start = headers.count
        var packet = headers
        AHHeader(nextHeader: nextHeader, spi: spi, number: number, icv: integrity.count, family).append(to: &packet)
        packet += payload
        let code = try withImage(of: packet, ahStart: start) { image in
            integrity.withCode(of: image, high: isExtended ? number.high : nil) { Array($0) }
        }
        let icvStart = start + AHHeader.fixedCount
        packet.replaceSubrange(icvStart..<(icvStart + code.count), with: code)
        return packet
    }

    /// Checks a packet whose next layer is AH, of which `number` is the whole sequence number; gives back what AH
    /// carried.
    func open(
        _ packet: IPPacket, number: SequenceNumber
    ) throws(TransformError) -> (payload: ArraySlice<UInt8>, nextHeader: UInt8) {
        let header: AHHeader
        do { header = try AHHeader(parsing: packet.payload) } catch { throw .packet(error) }
        // Linux pads to 8 octets in IPv4 too, unless it is told not to; more than that is refused.
        let allowed = [AHHeader.count(icv: integrity.count, packet.family), AHHeader.count(icv: integrity.count, .v6)]
        guard allowed.contains(header.count) else { throw .wrongPayloadLength(header.payloadLength) }
        let start = packet.payloadOffset
        let icv = packet.octets[(start + AHHeader.fixedCount)...].prefix(integrity.count)
        let isRight = try withImage(of: packet.octets, ahStart: start) { image in
            icv.withUnsafeBytes { integrity.isValid($0, of: image, high: isExtended ? number.high : nil) }
        }
        guard isRight else { throw .integrity }
        return (packet.payload.dropFirst(header.count), header.nextHeader)
    }

    /// Calls `body` with the packet as the ICV covers it: mutable fields and the ICV itself are zero.
    private func withImage<Result>(
        of packet: [UInt8], ahStart: Int, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(TransformError) -> Result {
        var image = packet
        do { try AHMutableFields.zero(in: &image, before: ahStart) } catch { throw .packet(error) }
        let icvStart = ahStart + AHHeader.fixedCount
        for index in icvStart..<(icvStart + integrity.count) { image[index] = 0 }
        return image.withUnsafeBytes(body)
    }
}
