import StrongSwan

/// Messages from a seed.
struct RandomMessages: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func packet() -> ViciPacket {
        switch below(8) {
        case 0: .commandRequest(name(), message())
        case 1: .commandResponse(message())
        case 2: .commandUnknown
        case 3: .eventRegister(name())
        case 4: .eventUnregister(name())
        case 5: .eventConfirm
        case 6: .eventUnknown
        default: .event(name(), message())
        }
    }

    mutating func message(depth: Int = 0) -> ViciMessage {
        ViciMessage(
            (0..<below(5)).map { _ in
                switch below(depth < 5 ? 4 : 2) {
                case 0: ViciElement(name(), .value(octets()))
                case 1: ViciElement(name(), .list((0..<below(4)).map { _ in octets() }))
                default: ViciElement(name(), .section(message(depth: depth + 1)))
                }
            })
    }

    private mutating func name() -> String {
        ["", "up", "home", "child-sas", "Zoë", String(repeating: "x", count: 255)][below(6)]
    }

    private mutating func octets() -> [UInt8] {
        (0..<[0, 1, 3, 255, 256, 1000][below(6)]).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// Changes an octet, or takes some out, or puts some in.
    mutating func change(_ octets: inout [UInt8]) {
        let place = below(octets.count + 1)
        switch below(4) {
        case 0: octets.insert(UInt8(below(8)), at: place)
        case 1: octets.removeSubrange(place..<min(octets.count, place + below(4)))
        case 2: octets = Array(octets.prefix(place))
        default:
            if place < octets.count { octets[place] = [UInt8(below(8)), UInt8(truncatingIfNeeded: next())][below(2)] }
        }
    }
}
