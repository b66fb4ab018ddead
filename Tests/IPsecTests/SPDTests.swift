import IPsec
import Testing

@Suite("The SPD")
struct SPDTests {
    /// What an SPD does, in the plainest way: one array, searched from its start.
    private struct PlainSPD {
        var policies: [Policy] = []

        mutating func insert(_ policy: Policy) -> Bool {
            guard !policies.contains(where: { $0.name == policy.name }) else { return false }
            var index = policies.endIndex
            if case .user = policy.origin { index = policies.firstIndex { $0.origin == .static } ?? index }
            policies.insert(policy, at: index)
            return true
        }

        mutating func remove(named name: String) -> Policy? {
            policies.firstIndex { $0.name == name }.map { policies.remove(at: $0) }
        }
    }

    @Test("however policies come and go, an SPD answers as a plain list does", arguments: 1...20 as ClosedRange<UInt64>)
    func likeAPlainList(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var (spd, plain) = (SPD(), PlainSPD())
        for step in 0..<400 {
            // First it grows, then it shrinks.
            if Int.random(in: 0..<400, using: &random) < step {
                let name = "\(Int.random(in: 0..<40, using: &random))"
                #expect(spd.remove(named: name) == plain.remove(named: name))
            } else {
                let policy = Self.policy(&random)
                #expect(spd.insert(policy) == plain.insert(policy))
            }
            let packet = PacketDescription(
                source: Self.host(&random), destination: Self.host(&random), nextProtocol: 17)
            let direction = Bool.random(using: &random) ? Direction.inbound : .outbound
            let matching = plain.policies.filter { $0.direction == direction && $0.matches(packet) }
            #expect(spd.policy(for: packet, direction) == matching.first)
            #expect(
                spd.policy(for: packet, direction) { $0.action == .protect }
                    == matching.first { $0.action == .protect })
            let user = Self.association(&random)
            #expect(spd.policies(using: user) == plain.policies.filter { $0.association == user })
            #expect(spd.policies == plain.policies)
        }
        for policy in plain.policies {
            #expect(spd.policy(named: policy.name) == policy)
        }
    }

    @Test("what was taken out meanwhile makes no difference between two SPDs, the order does")
    func equality() {
        var random = SplitMix(seed: 1)
        let policies = (0..<4).map { number in
            var policy = Self.policy(&random)
            policy.name = "\(number)"
            policy.origin = .static
            return policy
        }
        var (long, short, turned) = (SPD(), SPD(), SPD())
        for policy in policies { #expect(long.insert(policy) == true) }
        for policy in policies.dropFirst() { #expect(short.insert(policy) == true) }
        for policy in policies.dropFirst().reversed() { #expect(turned.insert(policy) == true) }
        #expect(long != short)
        #expect(long.remove(named: "0") == policies[0])
        #expect(long == short)
        #expect(short != turned)
    }

    /// One of few hosts, so that policies and packets often have to do with each other.
    private static func host(_ random: inout SplitMix) -> IPAddress {
        IPAddress(v4: 10, 0, 0, UInt8.random(in: 1...4, using: &random))
    }

    private static func range(_ random: inout SplitMix) -> AddressRange {
        let host = host(&random)
        return switch Int.random(in: 0..<4, using: &random) {
        case 0: .all(.v4)
        case 1: AddressRange(prefix: host, length: 31) ?? .all(.v4)
        default: AddressRange(host)
        }
    }

    private static func association(_ random: inout SplitMix) -> SAIdentifier {
        let spi = SPI(UInt32.random(in: 256...260, using: &random)) ?? Self.anySPI
        return SAIdentifier(spi: spi, destination: IPAddress(v4: 192, 0, 2, 1), securityProtocol: .esp)
    }

    private static let anySPI = SPI(.max) ?? { preconditionFailure("Only 0 to 255 are reserved.") }()

    private static func policy(_ random: inout SplitMix) -> Policy {
        let selectors = (0...Int.random(in: 0...2, using: &random)).map { _ in
            TrafficSelector(source: range(&random), destination: range(&random))
        }
        let isProtecting = Bool.random(using: &random)
        return Policy(
            name: "\(Int.random(in: 0..<40, using: &random))",
            direction: Bool.random(using: &random) ? .inbound : .outbound, selectors: selectors,
            action: isProtecting ? .protect : .bypass, origin: Bool.random(using: &random) ? .static : .user("MN"),
            association: isProtecting ? association(&random) : nil)
    }
}
