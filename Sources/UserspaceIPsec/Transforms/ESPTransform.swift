internal import IPPackets
internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import IPsec

/// ESP as one SA does it (RFC 4303): from payload to ESP packet and back, without the IP headers around it.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ ----
/// |               Security Parameters Index (SPI)                 | ^Int.
/// |                      Sequence Number                          | |Cov-
/// |                       IV (8 or 16 octets)                     | |ered
/// |                    Payload Data, TFC padding                  | |   ^
/// |          Padding          |  Pad Length   |  Next Header      | v   |Conf.
/// |                    ICV (12 to 32 octets)                      |
/// ```
struct ESPTransform: Sendable {
    private let spi: SPI
    private let cipher: ESPCipher
    private let suite: AlgorithmSuite
    private let isExtended: Bool
    /// Holds the salt, which is read for each nonce and kept nowhere else.
    private let keys: KeyedSuite

    /// `nil` when the suite is one of AH.
    init?(spi: SPI, keys: KeyedSuite, extendedSequenceNumbers: Bool) {
        guard let cipher = ESPCipher(keys) else { return nil }
        self.spi = spi
        self.cipher = cipher
        self.keys = keys
        suite = keys.suite
        isExtended = extendedSequenceNumbers
    }

    /// The length of the ESP packet that `payloadCount` octets become.
    func count(payloadCount: Int) -> Int {
        8 + ivCount + payloadCount + trailer(payloadCount, nextHeader: 0).count + suite.icvOctets
    }

    /// The most octets that it adds to any payload.
    var largestOverhead: Int { 8 + ivCount + (suite.encryption?.blockOctets ?? 4) + 1 + suite.icvOctets }

    /// Adds to `packet` the ESP packet that carries `payload` under a number that was never used before.
    func seal(
        _ payload: ArraySlice<UInt8>, nextHeader: UInt8, number: SequenceNumber, into packet: inout [UInt8]
    ) throws(TransformError) {
        let trailer = trailer(payload.count, nextHeader: nextHeader)
        var plaintext: [UInt8] = []
        plaintext.reserveCapacity(payload.count + trailer.count)
        plaintext += payload
        trailer.append(to: &plaintext)
        let start = packet.count
        packet.append(bigEndian: spi.value)
        packet.append(bigEndian: number.low)
        do {
            try encrypt(plaintext, number: number, from: start, into: &packet)
        } catch {
            throw .cipher
        }
    }

    /// Checks and decrypts an ESP packet, of which `number` is the whole sequence number: the payload with its trailer.
    func open(_ esp: ArraySlice<UInt8>, number: SequenceNumber) throws(TransformError) -> [UInt8] {
        let least = 8 + ivCount + 2 + suite.icvOctets
        guard esp.count >= least else { throw .truncated }
        let ivEnd = esp.startIndex + 8 + ivCount
        let icvStart = esp.endIndex - suite.icvOctets
        let parts = Parts(
            iv: esp[(esp.startIndex + 8)..<ivEnd], ciphertext: esp[ivEnd..<icvStart], icv: esp[icvStart...],
            covered: esp[..<icvStart])
        return try decrypt(parts, number: number)
    }

    /// An ESP packet taken apart.
    private struct Parts {
        let iv: ArraySlice<UInt8>
        let ciphertext: ArraySlice<UInt8>
        let icv: ArraySlice<UInt8>
        /// All before the ICV.
        let covered: ArraySlice<UInt8>
    }

    private var ivCount: Int { suite.encryption?.ivOctets ?? 0 }

    private func trailer(_ payloadCount: Int, nextHeader: UInt8) -> ESPTrailer {
        ESPTrailer(payloadCount: payloadCount, block: suite.encryption?.blockOctets ?? 4, nextHeader: nextHeader)
    }

    private func encrypt(
        _ plaintext: [UInt8], number: SequenceNumber, from start: Int, into packet: inout [UInt8]
    ) throws {
        switch cipher {
        case .aesGCM(let key):
            packet.append(bigEndian: number.value)
            let nonce = try AES.GCM.Nonce(data: nonce(packet[(packet.count - 8)...]))
            let box = try AES.GCM.seal(
                plaintext, using: key, nonce: nonce, authenticating: additionalData(packet[start...], number))
            packet.append(box.ciphertext)
            packet.append(box.tag)
        case .chaCha20Poly1305(let key):
            packet.append(bigEndian: number.value)
            let nonce = try ChaChaPoly.Nonce(data: nonce(packet[(packet.count - 8)...]))
            let box = try ChaChaPoly.seal(
                plaintext, using: key, nonce: nonce, authenticating: additionalData(packet[start...], number))
            packet.append(box.ciphertext)
            packet.append(box.tag)
        case .aesCBC(let key, let integrity):
            let iv = AES._CBC.IV()
            packet.append(contentsOf: iv)
            packet.append(try AES._CBC.encrypt(plaintext, using: key, iv: iv, noPadding: true))
            appendCode(integrity, number: number, from: start, to: &packet)
        case .null(let integrity):
            packet += plaintext
            appendCode(integrity, number: number, from: start, to: &packet)
        }
    }

    private func decrypt(_ parts: Parts, number: SequenceNumber) throws(TransformError) -> [UInt8] {
        switch cipher {
        case .aesGCM(let key):
            do {
                let nonce = try AES.GCM.Nonce(data: nonce(parts.iv))
                let box = try AES.GCM.SealedBox(nonce: nonce, ciphertext: parts.ciphertext, tag: parts.icv)
                return [UInt8](try AES.GCM.open(box, using: key, authenticating: additionalData(parts.covered, number)))
            } catch {
                throw .integrity
            }
        case .chaCha20Poly1305(let key):
            do {
                let nonce = try ChaChaPoly.Nonce(data: nonce(parts.iv))
                let box = try ChaChaPoly.SealedBox(nonce: nonce, ciphertext: parts.ciphertext, tag: parts.icv)
                return [UInt8](
                    try ChaChaPoly.open(box, using: key, authenticating: additionalData(parts.covered, number)))
            } catch {
                throw .integrity
            }
        case .aesCBC(let key, let integrity):
            guard parts.ciphertext.count.isMultiple(of: 16) else { throw .truncated }
            try check(parts, integrity, number: number)
            do {
                let iv = try AES._CBC.IV(ivBytes: parts.iv)
                return [UInt8](try AES._CBC.decrypt(parts.ciphertext, using: key, iv: iv, noPadding: true))
            } catch {
                throw .cipher
            }
        case .null(let integrity):
            try check(parts, integrity, number: number)
            return Array(parts.ciphertext)
        }
    }

    /// Salt, then the IV of the packet (RFC 4106 section 4, RFC 7634 section 2).
    private func nonce(_ iv: ArraySlice<UInt8>) -> [UInt8] {
        keys.encryptionKey.withOctets { Array($0.suffix(4)) } + iv
    }

    /// What a combined mode authenticates beside the ciphertext (RFC 4106 section 5), the SPI as the packet has it: an SA
    /// that was renamed has two for a while.
    private func additionalData(_ esp: ArraySlice<UInt8>, _ number: SequenceNumber) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(12)
        data += esp.prefix(4)
        if isExtended { data.append(bigEndian: number.high) }
        data.append(bigEndian: number.low)
        return data
    }

    private func appendCode(
        _ integrity: IntegrityTransform, number: SequenceNumber, from start: Int, to packet: inout [UInt8]
    ) {
        let code = packet.withUnsafeBytes { octets in
            integrity.withCode(
                of: UnsafeRawBufferPointer(rebasing: octets[start...]), high: isExtended ? number.high : nil
            ) { Array($0) }
        }
        packet += code
    }

    private func check(
        _ parts: Parts, _ integrity: IntegrityTransform, number: SequenceNumber
    ) throws(TransformError) {
        let isRight = parts.covered.withUnsafeBytes { covered in
            parts.icv.withUnsafeBytes { icv in
                integrity.isValid(icv, of: covered, high: isExtended ? number.high : nil)
            }
        }
        guard isRight else { throw .integrity }
    }
}

extension [UInt8] {
    /// In one copy; the generic `append(contentsOf:)` goes octet by octet.
    fileprivate mutating func append(_ data: Data) {
        data.withUnsafeBytes { append(contentsOf: $0) }
    }
}
