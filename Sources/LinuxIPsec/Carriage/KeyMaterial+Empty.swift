internal import IPsec

extension KeyMaterial {
    /// The key of what needs none.
    static let empty = KeyMaterial(octets: [])
}
