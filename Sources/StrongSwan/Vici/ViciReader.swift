/// Takes what VICI is made of from the front of some octets.
struct ViciReader {
    private var rest: ArraySlice<UInt8>

    init(_ octets: ArraySlice<UInt8>) { rest = octets }

    /// Whether every octet was taken.
    var isAtEnd: Bool { rest.isEmpty }

    /// The next octet.
    mutating func octet() throws(ViciError) -> UInt8 {
        guard let octet = rest.popFirst() else { throw .truncated(needed: 1, available: 0) }
        return octet
    }

    /// A name: its count in 8 bits, and that much UTF-8.
    mutating func name() throws(ViciError) -> String {
        let count = Int(try octet())
        guard let name = String(validating: try octets(count), as: UTF8.self) else { throw .badName }
        return name
    }

    /// A value: its count in 16 bits, and that many octets.
    mutating func value() throws(ViciError) -> [UInt8] {
        let count = Int(try octet()) << 8
        return Array(try octets(count | Int(try octet())))
    }

    /// All that is left.
    mutating func remainder() -> ArraySlice<UInt8> {
        defer { rest = [] }
        return rest
    }

    /// Throws unless every octet was taken.
    func finish() throws(ViciError) {
        guard rest.isEmpty else { throw .trailing(octets: rest.count) }
    }

    private mutating func octets(_ count: Int) throws(ViciError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated(needed: count, available: rest.count) }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
