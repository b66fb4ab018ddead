extension YAMLValue {
    /// A path, taken from the directory of this file where it does not begin with `/`.
    func filePath() throws(FileError) -> String {
        let text = try text()
        guard !text.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return text }
        return file[...slash] + text
    }

    /// `{certificate: FILE, key: FILE, ca: FILE}`.
    func tlsFiles() throws(FileError) -> TLSFiles {
        let map = try mapping(keys: ["certificate", "key", "ca"])
        return TLSFiles(
            certificate: try map.required("certificate", example: "SG1.pem").filePath(),
            key: try map.required("key", example: "SG1.key").filePath(),
            ca: try map.required("ca", example: "ca.pem").filePath())
    }

    /// Where a daemon is reached.
    func gatewayAddress() throws(FileError) -> GatewayAddress {
        guard let address = GatewayAddress(rawText) else {
            throw expected(
                "HOST:PORT or the path of a socket", "Write it like 192.0.2.3:5092 or /run/ferry/SG1/api.sock.")
        }
        return address
    }
}
