import IPPackets
import ForwardingPath
import IPsec
import Synchronization
import UserspaceIPsec

/// Which numbered packets of each flow were sent, arrived and arrived twice.
final class TrafficAccount: Sendable {
    /// What became of one flow's packets.
    struct Flow: Hashable, Sendable {
        var sent = 0
        var received = 0
        var duplicated = 0
        /// The longest time between two arrivals.
        var longestGap = Duration.zero

        var lost: Int { sent - received }
    }

    fileprivate struct State {
        var flow = Flow()
        var window = ArrivalWindow()
        var lastArrival: ContinuousClock.Instant?
        var source: NodeName?
        var destination: NodeName?
        /// The largest packet that its way takes, in octets, where a router said so.
        var limit: UInt16?
        /// The numbers of packets that were too big, which its sender has still to send again.
        var refused: [UInt64] = []
    }

    private let flows: Mutex<[State]>
    private static let mark: [UInt8] = Array("FERY".utf8)

    init(flows: Int) { self.flows = Mutex(Array(repeating: State(), count: flows)) }

    /// The account of each flow, in the order of the scenario.
    var summary: [Flow] { flows.withLock { $0.map(\.flow) } }

    func expect(_ flow: Int, from source: NodeName, at destination: NodeName) {
        flows.withLock { ($0[flow].source, $0[flow].destination) = (source, destination) }
    }

    /// The number of the next packet of a flow.
    func nextNumber(_ flow: Int) -> UInt64 {
        flows.withLock { flows in
            flows[flow].flow.sent += 1
            return UInt64(flows[flow].window.give())
        }
    }

    /// The largest packet of a flow that its way takes, in octets; `nil` as long as no router said so.
    func limit(_ flow: Int) -> UInt16? { flows.withLock { $0[flow].limit } }

    /// The numbers of packets of a flow that are to be sent again, smaller; each once.
    func takeRefused(_ flow: Int) -> [UInt64] {
        flows.withLock { flows in
            defer { flows[flow].refused = [] }
            return flows[flow].refused
        }
    }

    /// What a packet of a flow carries: `size` octets, but at least 16.
    func content(_ flow: Int, _ number: UInt64, size: Int) -> [UInt8] {
        let words = [UInt64(flow), UInt64(number)].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
        return Self.mark + words.dropFirst(4) + Array(repeating: 0, count: max(0, size - 16))
    }

    /// Takes what a router says of a packet that a node sent.
    func refused(_ notice: TooBigNotice, at node: NodeName) {
        guard let quoted = notice.quotedParts, let (flow, number) = Self.parse(quoted.proto, quoted.content) else {
            return
        }
        flows.withLock { flows in
            guard flows.indices.contains(flow), flows[flow].source == node else { return }
            flows[flow].limit = min(flows[flow].limit ?? .max, notice.mtu)
            flows[flow].refused.append(number)
        }
    }

    /// The flow and the number of a packet, of which the start is there; `nil` for what is no traffic of the demo.
    private static func parse(_ proto: UInt8, _ payload: ArraySlice<UInt8>) -> (flow: Int, number: UInt64)? {
        guard proto == IPProtocol.udp, payload.count >= 24 else { return nil }
        let content = payload.dropFirst(8)
        guard content.prefix(4).elementsEqual(mark) else { return nil }
        let flow = Int(content.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        return (flow, content.dropFirst(8).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// Takes a packet that was delivered at a node.
    func arrived(_ packet: IPPacket, at node: NodeName) {
        guard let (flow, number) = Self.parse(packet.nextProtocol, packet.payload) else { return }
        let now = ContinuousClock.now
        flows.withLock { flows in
            guard flows.indices.contains(flow), flows[flow].destination == node else { return }
            flows[flow].arrived(number, at: now)
        }
    }
}

extension TrafficAccount.State {
    fileprivate mutating func arrived(_ number: UInt64, at now: ContinuousClock.Instant) {
        switch window.arrived(number) {
        case .first: flow.received += 1
        case .again: flow.duplicated += 1
        case .unknown: return
        }
        if let lastArrival { flow.longestGap = max(flow.longestGap, now - lastArrival) }
        lastArrival = now
    }
}
