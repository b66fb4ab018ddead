import Glibc

extension [UInt8] {
    /// Overwrites the octets with zeros: they may hold keys.
    mutating func wipe() {
        withUnsafeMutableBytes { octets in
            guard let start = octets.baseAddress else { return }
            explicit_bzero(start, octets.count)
        }
    }

    /// The octets, which are moved out and not copied.
    mutating func taken() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &self)
        return taken
    }
}
