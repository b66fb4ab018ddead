import IPsec

/// Reads the algorithms of an SA.
struct SuiteReader {
    private let map: YAMLMapping

    init(_ map: YAMLMapping) { self.map = map }

    func read() throws(FileError) -> AlgorithmSuite {
        let protocols = SecurityProtocol.allCases.map { ($0.name, $0) }
        let kind = try map["protocol"]?.word(called: "protocol", among: protocols) ?? .esp
        return kind == .ah ? try readAH() : try readESP()
    }

    private func readAH() throws(FileError) -> AlgorithmSuite {
        if let encryption = map["encryption"] {
            throw encryption.error(
                "\(encryption.path) is given, and AH encrypts nothing", fix: "Take it out, or use esp.")
        }
        return AlgorithmSuite(ah: try map.required("integrity", example: "hmac-sha-256-128").integrity())
    }

    private func readESP() throws(FileError) -> AlgorithmSuite {
        let value = try map.required("encryption", example: "aes-gcm-16-256")
        let encryption = try value.encryption()
        guard let integrity = map["integrity"] else {
            if let suite = AlgorithmSuite(esp: encryption) { return suite }
            throw value.error(
                "\(value.path) is \(encryption.name), which needs an integrity algorithm beside it",
                fix: "Add it, for example `integrity: hmac-sha-256-128`.")
        }
        guard let suite = AlgorithmSuite(esp: encryption, try integrity.integrity()) else {
            throw integrity.error(
                "\(integrity.path) is given, and \(encryption.name) protects integrity itself", fix: "Take it out.")
        }
        return suite
    }
}
