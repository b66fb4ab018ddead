import IPPackets
import ConfigurationFiles
import ForwardingPath
import IPsec
import Synchronization
import UserspaceIPsec

/// What is taken down of the wire: a capture file, and ESP packets for the replay.
final class DemoCapture: Sendable {
    /// How many packets of each SA are kept for the replay.
    static let keptPackets = 2_000

    /// Looks for sequence numbers that are used twice.
    let audit = SequenceAudit()
    private let writer: CaptureWriter?
    private let capturePath: String?
    private let keyPath: String?
    private let state = Mutex(State())

    private struct State {
        var keys = ESPKeyTable()
        /// Packets that gateways received through SAs, by the node that received them.
        var received: [[UInt8]] = []
        var isKeeping = true
        /// Why the capture file ends early.
        var failure: StackError?
        /// The suites that the key table cannot express.
        var unknownSuites: Set<AlgorithmSuite> = []
    }

    init(_ options: DemoOptions) throws {
        writer = try options.pcap.map { try CaptureWriter(path: $0) }
        (capturePath, keyPath) = (options.pcap, options.espKeys)
    }

    /// Whether packets have to be looked at at all.
    var isWanted: Bool { true }

    /// Sees a packet that a node sent or received.
    func take(_ direction: TapDirection, _ packet: [UInt8], in realm: Realm, at node: NodeName) {
        switch direction {
        case .sent:
            audit.take(packet, in: realm)
            write(packet)
        case .received: keep(packet)
        }
    }

    /// Stops keeping packets; gives those that were received for these SAs until now.
    func stopKeeping() -> [[UInt8]] {
        state.withLock { state in
            state.isKeeping = false
            return state.received
        }
    }

    /// Notes the keys of an SA for the key table.
    func note(_ entry: AssociationEntry, _ keys: KeyedSuite) {
        guard keyPath != nil else { return }
        state.withLock { state in
            let isKnown = state.keys.add(
                spi: entry.identifier.spi, from: entry.source, to: entry.identifier.destination, keys: keys)
            if !isKnown { state.unknownSuites.insert(entry.suite) }
        }
    }

    /// What is wrong with the capture file; `nil` where it is whole, or none was asked for.
    var problem: String? {
        guard let capturePath, let failure = state.withLock({ $0.failure }) else { return nil }
        return "the capture \(capturePath) ends early: \(failure)"
    }

    /// What the key table lacks; `nil` where it has all keys, or none was asked for.
    var gap: String? {
        let suites = state.withLock { $0.unknownSuites }.map(\.name).sorted()
        guard let keyPath, !suites.isEmpty else { return nil }
        return "\(keyPath) has no keys of \(suites.joined(separator: ", ")): Wireshark's table cannot express them"
    }

    func writeKeys() throws {
        guard let keyPath else { return }
        try state.withLock { $0.keys }.write(path: keyPath)
    }

    /// After the first failure nothing more is written: there would be a hole.
    private func write(_ packet: [UInt8]) {
        guard let writer, state.withLock({ $0.failure }) == nil else { return }
        do throws(StackError) {
            try writer.write(packet)
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
        }
    }

    private func keep(_ packet: [UInt8]) {
        state.withLock { state in
            guard state.isKeeping, state.received.count < Self.keptPackets, let ip = try? IPPacket(packet),
                ip.nextProtocol == 50 || ip.nextProtocol == 51
            else { return }
            state.received.append(packet)
        }
    }
}
