/// What tunnel mode does with the Don't Fragment bit (RFC 4301 section 8.1).
package enum DontFragment: UInt8, Hashable, Sendable, CaseIterable {
    case copy = 0
    case set = 1
    case clear = 2
}
