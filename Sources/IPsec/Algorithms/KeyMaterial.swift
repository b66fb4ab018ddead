internal import Crypto

/// A secret key, with its salt where the algorithm has one.
///
/// It cannot be printed, encoded or compared in variable time; its storage is overwritten when the last copy is
/// freed (swift-crypto's `SymmetricKey`). The only way to the octets is ``withOctets(_:)``.
package struct KeyMaterial: Sendable {
    private let key: SymmetricKey

    /// The key of those octets; the caller's own copy is the caller's to destroy.
    package init(octets: some Sequence<UInt8>) {
        var buffer = Array(octets)
        key = SymmetricKey(data: buffer)
        for index in buffer.indices { buffer[index] = 0 }
    }

    /// A key of `count` octets from the system's random generator.
    package init(random count: Int) {
        key = count == 0 ? SymmetricKey(data: [UInt8]()) : SymmetricKey(size: SymmetricKeySize(bitCount: count * 8))
    }

    /// The length in octets.
    package var count: Int { key.bitCount / 8 }

    /// Lends the octets for the time of `body`; nothing may keep them.
    package func withOctets<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try unsafe key.withUnsafeBytes { try unsafe body($0) }
    }
}

extension KeyMaterial: Equatable {
    /// Takes the same time wherever the keys differ.
    package static func == (left: KeyMaterial, right: KeyMaterial) -> Bool { left.key == right.key }
}

extension KeyMaterial: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the key.
    package var description: String { "<key, \(count * 8) bits>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
