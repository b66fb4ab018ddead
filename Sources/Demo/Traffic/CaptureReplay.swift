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
        let routes = network.routes
        let engine = EngineConfiguration(addresses: [ScopedAddress(Self.address)])
        let sender = try UserspaceStack(
            StackConfiguration(
                engine: engine, endpoint: WireEndpoint(address: 0x7f00_0001, port: 0),
                routes: { routes.endpoint(ScopedAddress($1, realm: $0), isInside: false) }, onDelivery: { _ in }))
        let any = TrafficSelector(source: .all(.v4), destination: .all(.v4))
        let any6 = TrafficSelector(source: .all(.v6), destination: .all(.v6))
        try await sender.install(
            [],
            policies: [
                Policy(
                    name: "replay", direction: .outbound, selectors: [any, any6], action: .bypass, origin: .static)
            ])
        var refused = try await refused
        for packet in packets {
            sender.send(packet)
            // One at a time: what a full socket buffer dropped would not have been refused.
            let goal = refused + 1
            let deadline = ContinuousClock.now + .seconds(1)
            while refused < goal, try await accepted == before, ContinuousClock.now < deadline {
                await Task.yield()
                refused = try await self.refused
            }
        }
        return Outcome(offered: packets.count, accepted: try await accepted - before)
    }

    /// Nobody's address.
    private static let address = IPAddress(v4: 198, 19, 255, 254)

    /// Packets that inbound SAs of all nodes accepted.
    private var accepted: Int {
        get async throws {
            var sum = 0
            for stack in network.stacks.values {
                for status in try await stack.associations() where status.association.direction == .inbound {
                    sum += Int(status.counters.packets)
                }
            }
            return sum
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
