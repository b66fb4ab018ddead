import IPPackets
import ForwardingPath
import IPsec
import Synchronization
import UserspaceIPsec

/// What the routers said to each other in plain TCP, as a capture file. It holds the keys of the SAs: its mode is 0600.
///
/// The octets are those of the links. IP and TCP headers are made up around them: nodes have their own addresses, as on
/// the wire, and port 5091.
final class DemoLinkCapture: Sendable {
    private let writer: CaptureWriter
    private let network: Network
    private let state = Mutex((numbers: [Way: UInt32](), failure: StackError?.none))

    private struct Way: Hashable {
        let from: NodeName
        let to: NodeName
    }

    /// The most octets of a segment.
    private static let largestSegment = 65_535 - 40

    init(path: String, network: Network) throws(StackError) {
        writer = try CaptureWriter(path: path)
        self.network = network
    }

    /// What is wrong with the file; `nil` where it is whole.
    var problem: StackError? { state.withLock { $0.failure } }

    /// Takes a message that a node sends to another.
    func take(_ message: [UInt8], from: NodeName, to: NodeName) {
        let ends = (DemoNode.ownAddress(from, in: network), DemoNode.ownAddress(to, in: network))
        state.withLock { state in
            var rest = message[...]
            while !rest.isEmpty, state.failure == nil {
                let part = rest.prefix(Self.largestSegment)
                rest = rest.dropFirst(part.count)
                let number = state.numbers[Way(from: from, to: to), default: 1]
                state.numbers[Way(from: from, to: to)] = number &+ UInt32(part.count)
                do {
                    let packet = try IPPacket.build(
                        from: ends.0, to: ends.1, nextProtocol: IPProtocol.tcp, payload: Self.header(number) + part)
                    try writer.write(packet)
                } catch let error as StackError {
                    state.failure = error
                } catch {
                    preconditionFailure("A segment fits into a packet: \(error)")
                }
            }
        }
    }

    /// TCP (RFC 9293 section 3.1) from port 40000 to 5091: acknowledges 1, five words, PSH and ACK, no checksum.
    private static func header(_ number: UInt32) -> [UInt8] {
        let octets = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        return [0x9c, 0x40, 0x13, 0xe3] + octets + [0, 0, 0, 1, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]
    }
}
