internal import Crypto
internal import FoundationEssentials
internal import IPsec

/// HMAC with a key that is worked in once (RFC 2104 section 4): the two hashes after their first block.
///
/// Not swift-crypto's `HMAC`, which leaves a padded copy of the key in freed memory each time one is made. Here the
/// pad is overwritten, and the hashes overwrite their own state when they are freed.
struct PreparedHMAC<Hash: HashFunction>: Sendable where Hash: Sendable {
    private var inner = Hash()
    private var outer = Hash()

    /// The key must not be longer than the hash's block; no key of ESP or AH is.
    init(key: KeyMaterial) {
        precondition(key.count <= Hash.blockByteCount, "An integrity key is as long as its hash, below a block.")
        withUnsafeTemporaryAllocation(byteCount: Hash.blockByteCount, alignment: 16) { pad in
            pad.initializeMemory(as: UInt8.self, repeating: 0x36)
            key.withOctets { octets in
                for index in octets.indices { pad[index] ^= octets[index] }
            }
            inner.update(bufferPointer: UnsafeRawBufferPointer(pad))
            for index in pad.indices { pad[index] ^= 0x36 ^ 0x5c }
            outer.update(bufferPointer: UnsafeRawBufferPointer(pad))
            Wiping.wipe(pad)
        }
    }

    /// The code of `octets`, followed by `suffix`.
    func code(of octets: UnsafeRawBufferPointer, suffix: UInt32?) -> Hash.Digest {
        var hash = inner
        hash.update(bufferPointer: octets)
        if let suffix {
            withUnsafeBytes(of: suffix.bigEndian) { hash.update(bufferPointer: $0) }
        }
        let digest = hash.finalize()
        var last = outer
        digest.withUnsafeBytes { last.update(bufferPointer: $0) }
        return last.finalize()
    }
}
