/// A field of a message or block, as an error names it. It never holds the field's contents.
package enum WireField: String, Hashable, Sendable, CaseIterable {
    case address, addressFamily, addressRange, realm, name, user, nodeName, text
    case presenceVector, index, spi, securityProtocol, mode, direction, priority, obstacle
    case suite, blockSize, ivMode, keys, algorithm, flags, windowSize, window, lifetime, selectors, ports, dscp
    case lastSent, renamings, installs, age, elapsed, pathMTU, bytes, packets, action, origin, modes
    case role, part, purpose, subject, reason, settlement, end, sequence, token, associations
    case moveID, plane
    case exchange, nonce, publicKey, confirmation, failure
}
