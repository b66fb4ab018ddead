package import GatewayAPI
import IPsec

/// One SA of a gateway, with how fast its packets go.
package struct MirroredAssociation: Hashable, Sendable {
    /// As the gateway told it last.
    package var reported: ReportedAssociation
    /// Of its packets.
    package var meter = RateMeter()

    /// One that was just told of.
    init(_ reported: ReportedAssociation, at clock: ClockTime) {
        self.reported = reported
        meter.count(reported.traffic.counters.packets, at: clock)
    }

    /// Takes in the counters, and returns how many packets more there are.
    mutating func take(_ traffic: ReportedTraffic, at clock: ClockTime) -> UInt64 {
        let before = reported.traffic.counters.packets
        reported.traffic = traffic
        let packets = traffic.counters.packets
        meter.count(packets, at: clock)
        return packets > before ? packets - before : 0
    }
}
