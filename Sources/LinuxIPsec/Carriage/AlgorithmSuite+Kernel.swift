package import IPsec

extension EncryptionAlgorithm {
    /// The kernel's name for it.
    package var kernelName: String {
        switch self {
        case .null: "ecb(cipher_null)"
        case .aesCBC128, .aesCBC192, .aesCBC256: "cbc(aes)"
        case .aesGCM128, .aesGCM256: "rfc4106(gcm(aes))"
        case .chaCha20Poly1305: "rfc7539esp(chacha20,poly1305)"
        }
    }
}

extension IntegrityAlgorithm {
    /// The kernel's name for it.
    package var kernelName: String {
        switch self {
        case .hmacSHA1: "hmac(sha1)"
        case .hmacSHA256: "hmac(sha256)"
        case .hmacSHA384: "hmac(sha384)"
        case .hmacSHA512: "hmac(sha512)"
        }
    }
}

extension AlgorithmSuite {
    /// The suite of a kernel SA; throws for one that is none of ours.
    init(_ state: XfrmState) throws(XfrmObstacle) {
        let integrity = try state.authentication.map(Self.integrity)
        let encryption = try (state.combined ?? state.encryption).map { (algorithm) throws(XfrmObstacle) in
            try Self.encryption(algorithm)
        }
        let suite: AlgorithmSuite? =
            if let encryption { AlgorithmSuite(esp: encryption, integrity) } else {
                integrity.map { AlgorithmSuite(ah: $0) }
            }
        guard let suite else { throw .noIntegrity }
        guard suite.securityProtocol.rawValue == state.securityProtocol else {
            throw .securityProtocol(state.securityProtocol)
        }
        self = suite
    }

    /// The kernel's words for the algorithms of an SA, for one that is none of ours, or whose keys are not to be had.
    static func named(_ state: XfrmState, _ securityProtocol: SecurityProtocol) -> AlgorithmSuite {
        let names = [state.combined, state.encryption, state.authentication].compactMap { algorithm in
            algorithm.map { "\($0.name) \($0.key.count * 8)" + ($0.icvBits.map { "/\($0)" } ?? "") }
        }
        let name = (try? AlgorithmSuite(state))?.name ?? names.joined(separator: " ")
        return AlgorithmSuite(
            foreign: Foreign(name: name.isEmpty ? "none" : name, securityProtocol: securityProtocol))
    }

    private static func encryption(_ algorithm: XfrmAlgorithm) throws(XfrmObstacle) -> EncryptionAlgorithm {
        let match = EncryptionAlgorithm.allCases.first {
            ($0.kernelName == algorithm.name || ($0 == .null && algorithm.name == "cipher_null"))
                && $0.keyOctets + $0.saltOctets == algorithm.key.count
                && (!$0.isCombined || algorithm.icvBits == 128)
        }
        guard let match else { throw Self.unsupported(algorithm) }
        return match
    }

    private static func integrity(_ algorithm: XfrmAlgorithm) throws(XfrmObstacle) -> IntegrityAlgorithm {
        let match = IntegrityAlgorithm.allCases.first {
            $0.kernelName == algorithm.name && $0.keyOctets == algorithm.key.count
                && UInt32($0.icvOctets * 8) == algorithm.icvBits
        }
        guard let match else { throw Self.unsupported(algorithm) }
        return match
    }

    private static func unsupported(_ algorithm: XfrmAlgorithm) -> XfrmObstacle {
        .algorithm(algorithm.name, keyBits: algorithm.key.count * 8, icvBits: Int(algorithm.icvBits ?? 0))
    }
}

extension KeyedSuite {
    /// The suite and keys of a kernel SA; throws for one that is none of ours.
    init(_ state: XfrmState) throws(XfrmObstacle) {
        let suite = try AlgorithmSuite(state)
        let all = [state.combined, state.encryption, state.authentication].compactMap(\.self)
        guard !all.contains(where: \.isHidden) else { throw .hiddenKey }
        guard
            let keys = KeyedSuite(
                suite, encryptionKey: (state.combined ?? state.encryption)?.key ?? .empty,
                integrityKey: state.authentication?.key ?? .empty)
        else { throw .noIntegrity }
        self = keys
    }
}
