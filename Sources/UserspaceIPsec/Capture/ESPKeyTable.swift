package import IPsec

/// Keys of ESP SAs in the form of Wireshark's table `esp_sa`, so that it decrypts a capture.
///
/// For the demo and for tests only: this is the one place where keys leave the process. Put beside a capture as
/// `esp_sa` in a folder named by `WIRESHARK_CONFIG_DIR`. Wireshark 4.0 knows no ChaCha20-Poly1305 in ESP, and does
/// not know extended sequence numbers: their upper half is part of the ICV, which it then calls wrong.
package struct ESPKeyTable: Sendable {
    private var lines: [String] = []

    /// An empty table.
    package init() {}

    /// The table, one line for each SA.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// Adds an SA; `false`, and nothing changes, when Wireshark has no name for its suite.
    package mutating func add(
        spi: SPI, from source: IPAddress, to destination: IPAddress, keys: KeyedSuite
    ) -> Bool {
        guard let encryption = Self.encryption(keys.suite), let integrity = Self.integrity(keys.suite) else {
            return false
        }
        let fields = [
            source.family == .v4 ? "IPv4" : "IPv6", "\(source)", "\(destination)", "\(spi)",
            encryption, Self.hex(keys.encryptionKey), integrity, Self.hex(keys.integrityKey),
        ]
        lines.append(fields.map { "\"\($0)\"" }.joined(separator: ","))
        return true
    }

    /// Writes the table to a file of mode 0600.
    package func write(path: String) throws(StackError) {
        try PrivateFile(path).write(Array(text.utf8))
    }

    private static func encryption(_ suite: AlgorithmSuite) -> String? {
        switch suite.encryption {
        case .null?: "NULL"
        case .aesCBC128?, .aesCBC192?, .aesCBC256?: "AES-CBC [RFC3602]"
        case .aesGCM128?, .aesGCM256?: "AES-GCM with 16 octet ICV [RFC4106]"
        case .chaCha20Poly1305?, nil: nil
        }
    }

    private static func integrity(_ suite: AlgorithmSuite) -> String? {
        switch suite.integrity {
        case .hmacSHA1?: "HMAC-SHA-1-96 [RFC2404]"
        case .hmacSHA256?: "HMAC-SHA-256-128 [RFC4868]"
        case .hmacSHA384?: "HMAC-SHA-384-192 [RFC4868]"
        case .hmacSHA512?: "HMAC-SHA-512-256 [RFC4868]"
        case nil: "NULL"
        }
    }

    private static func hex(_ key: KeyMaterial) -> String {
        guard key.count > 0 else { return "" }
        return key.withOctets { octets in
            "0x" + octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }
}
