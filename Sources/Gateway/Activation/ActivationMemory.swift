import IPsec

/// What a new router was asked before: no sequence number of an address is taken twice, and no more than so many requests a
/// second (RFC 4067 sections 2.5.1 and 4). The previous router, whose word counts, keeps the numbers in its journal.
struct ActivationMemory {
    /// CT_REQUEST_RATE, in CTARs a second.
    static let rate = 10
    /// How many sequence numbers are kept of an address; then the secret has to be another.
    static let limit = 100_000

    private var seen: [IPAddress: Set<UInt32>] = [:]
    private var times: [IPAddress: [ContinuousClock.Instant]] = [:]

    /// Whether the number is new, which it is no longer then; `false` also once there are too many of them.
    mutating func take(_ sequence: UInt32, of address: IPAddress) -> Bool {
        guard seen[address, default: []].count < Self.limit else { return false }
        return seen[address, default: []].insert(sequence).inserted
    }

    /// Whether one more request is allowed now.
    mutating func isAllowed(_ address: IPAddress, now: ContinuousClock.Instant = .now) -> Bool {
        times[address, default: []].removeAll { now - $0 >= .seconds(1) }
        guard times[address, default: []].count < Self.rate else { return false }
        times[address, default: []].append(now)
        return true
    }
}
