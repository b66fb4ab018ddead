import IPPackets
import ConfigurationFiles
import ForwardingPath
import IPsec
import UserspaceIPsec

/// Sends packets that were captured before a move to the gateway that has the SAs now: all must be refused.
struct CaptureReplay {
    let network: DemoNetwork

    /// How many packets were offered, and how many of them some SA accepted. Nothing else may use the SAs meanwhile.
    struct Outcome: Hashable, Sendable {
        var offered = 0
        var accepted = 0
    }

    func run(_ packets: [[UInt8]]) async throws -> Outcome {
        let before = try await accepted
        var last = before
        var senders: [Realm: UserspaceStack] = [:]
        for realm in Set(network.scenario.network.network.nodes.flatMap(\.realms)) {
            senders[realm] = try await sender(in: realm)
        }
        var refused = try await refused
        for packet in packets {
            let destination = try IPPacket(packet).destination
            let realms = network.routes.realms(of: destination)
            for realm in realms { senders[realm]?.send(packet, realm: realm) }
            // One at a time: what a full socket buffer dropped would not have been refused.
            let goal = refused + realms.count
            let deadline = ContinuousClock.now + .seconds(1)
            while refused < goal, last == before, ContinuousClock.now < deadline {
                await Task.yield()
                refused = try await self.refused
                // An SA that ended meanwhile, as an old one after a renegotiation does, keeps what it counted last.
                last.merge(try await accepted) { $1 }
            }
        }
        last.merge(try await accepted) { $1 }
        let count = last.reduce(0) { $0 + $1.value - (before[$1.key] ?? 0) }
        return Outcome(offered: packets.count, accepted: count)
    }

    /// A stack that is nobody's, on the network of a realm.
    private func sender(in realm: Realm) async throws -> UserspaceStack {
        let routes = network.routes
        let engine = EngineConfiguration(addresses: [ScopedAddress(Self.address, realm: realm)])
        var configuration = StackConfiguration(
            engine: engine, endpoint: WireEndpoint(address: 0x7f00_0001, port: 0),
            routes: { routes.endpoint(ScopedAddress($1, realm: $0), from: nil) }, onDelivery: { _ in })
        configuration.realms = [realm]
        let sender = try UserspaceStack(configuration)
        let any = TrafficSelector(source: .all(.v4), destination: .all(.v4))
        let any6 = TrafficSelector(source: .all(.v6), destination: .all(.v6))
        try await sender.install(
            [],
            policies: [
                Policy(
                    name: "replay", direction: .outbound, selectors: [any, any6], action: .bypass, origin: .static)
            ])
        return sender
    }

    /// Nobody's address.
    private static let address = IPAddress(v4: 198, 19, 255, 254)

    /// An SA as one node has it.
    private struct Place: Hashable {
        let node: NodeName
        let identifier: SAIdentifier
    }

    /// Packets that each inbound SA accepted.
    private var accepted: [Place: Int] {
        get async throws {
            var counts: [Place: Int] = [:]
            for (node, stack) in network.stacks {
                for status in try await stack.associations() where status.association.direction == .inbound {
                    counts[Place(node: node, identifier: status.association.identifier)] = Int(status.counters.packets)
                }
            }
            return counts
        }
    }

    /// Packets that were refused as replayed, or for which there is no SA. With extended sequence numbers a replayed
    /// packet is taken for one of the next 2^32, and fails its integrity check (RFC 4303 appendix A2.2).
    private var refused: Int {
        get async throws {
            var sum = 0
            for stack in network.stacks.values {
                sum += Int(try await stack.counters().unknownSPI)
                for status in try await stack.associations() {
                    sum += Int(status.counters.replays + status.counters.integrityFailures)
                }
            }
            return sum
        }
    }
}
