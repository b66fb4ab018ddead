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
        var destination: NodeName?
    }

    private let flows: Mutex<[State]>
    private static let mark: [UInt8] = Array("FERY".utf8)

    init(flows: Int) { self.flows = Mutex(Array(repeating: State(), count: flows)) }

    /// The account of each flow, in the order of the scenario.
    var summary: [Flow] { flows.withLock { $0.map(\.flow) } }

    func expect(_ flow: Int, at destination: NodeName) { flows.withLock { $0[flow].destination = destination } }

    /// The next packet of a flow: what it carries, `size` octets long but at least 16.
    func nextPacket(_ flow: Int, size: Int) -> [UInt8] {
        let number = flows.withLock { flows in
            flows[flow].flow.sent += 1
            return flows[flow].window.give()
        }
        let words = [UInt64(flow), UInt64(number)].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
        return Self.mark + words.dropFirst(4) + Array(repeating: 0, count: max(0, size - 16))
    }

    /// Takes a packet that was delivered at a node.
    func arrived(_ packet: [UInt8], at node: NodeName) {
        guard let ip = try? IPPacket(packet), ip.nextProtocol == 17, ip.payload.count >= 24 else { return }
        let content = ip.payload.dropFirst(8)
        guard content.prefix(4).elementsEqual(Self.mark) else { return }
        let flow = Int(content.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        let number = content.dropFirst(8).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
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
