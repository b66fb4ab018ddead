package import IPsec

/// IKEv2 transform (16 bits) and key octets (8 bits) of the encryption, both 0 for AH; then the IKEv2 transform of the
/// integrity algorithm (16 bits), 0 for a combined mode.
extension OctetReader {
    package mutating func suite() throws(WireError) -> AlgorithmSuite {
        let (transform, keyOctets) = (try integer(UInt16.self), try integer(UInt8.self))
        let integrityTransform = try integer(UInt16.self)
        let encryption = EncryptionAlgorithm(transform: transform, keyOctets: Int(keyOctets))
        let integrity = IntegrityAlgorithm(rawValue: integrityTransform)
        guard encryption != nil || (transform == 0 && keyOctets == 0), integrity != nil || integrityTransform == 0
        else { throw .badValue(.suite) }
        guard let suite = AlgorithmSuite(encryption, integrity) else { throw .badValue(.suite) }
        return suite
    }
}

extension OctetReader {
    /// A suite that need not be one of ours: nothing but zeros, `nil`, is one that is not.
    package mutating func suiteOrForeign() throws(WireError) -> AlgorithmSuite? {
        var ahead = self
        guard try ahead.octets(5).contains(where: { $0 != 0 }) else {
            self = ahead
            return nil
        }
        return try suite()
    }
}

extension OctetWriter {
    package mutating func suite(_ suite: AlgorithmSuite) {
        append(suite.encryption?.transform ?? 0)
        append(UInt8(suite.encryption?.keyOctets ?? 0))
        append(suite.integrity?.rawValue ?? 0)
    }
}

extension AlgorithmSuite {
    /// `nil` for a combination that does not protect integrity.
    init?(_ encryption: EncryptionAlgorithm?, _ integrity: IntegrityAlgorithm?) {
        switch (encryption, integrity) {
        case (let encryption?, _): self.init(esp: encryption, integrity)
        case (nil, let integrity?): self.init(ah: integrity)
        case (nil, nil): return nil
        }
    }
}
