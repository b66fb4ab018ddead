import IPsec
import UserspaceIPsec

extension [EngineOutput] {
    /// The packets to send, in order.
    var transmitted: [[UInt8]] {
        compactMap { if case .transmit(let packet, _) = $0 { packet } else { nil } }
    }

    /// The packets for the local host, in order.
    var delivered: [[UInt8]] {
        compactMap { if case .deliver(let packet, _) = $0 { packet } else { nil } }
    }

    /// The events, in order.
    var events: [StackEvent] {
        compactMap { if case .event(let event) = $0 { event } else { nil } }
    }
}
