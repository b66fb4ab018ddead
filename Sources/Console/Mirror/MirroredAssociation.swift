package import GatewayAPI
import IPsec

/// One SA of a gateway, with how fast its packets go.
package struct MirroredAssociation: Hashable, Sendable {
    /// As the gateway told it last.
    package var reported: ReportedAssociation
    /// Of its packets.
    package var meter = RateMeter()

    /// When that was, by the gateway's clock.
    private var told: ClockTime

    /// Whether it has not ended.
    package var isLive: Bool { reported.phase != .ended }

    /// Since it was established: nothing is told of an SA only because it got older.
    package func age(at clock: ClockTime) -> Duration {
        let since = told.milliseconds > 0 ? Span.milliseconds(from: told, to: clock) : 0
        return reported.traffic.use.age + .milliseconds(Int64(clamping: since))
    }

    /// When it ends, by the gateway's clock in seconds; `nil` when its life has no limit in time.
    var secondsAtEnd: Double? {
        reported.hardLifetime.seconds.map { limit in
            Double(told.milliseconds) / 1000 + Double(limit) - reported.traffic.use.age.seconds
        }
    }

    /// One that was just told of.
    init(_ reported: ReportedAssociation, at clock: ClockTime) {
        (self.reported, told) = (reported, clock)
        meter.count(reported.traffic.counters.packets, at: clock)
    }

    /// Takes in the counters, and returns how many packets more there are.
    mutating func take(_ traffic: ReportedTraffic, at clock: ClockTime) -> UInt64 {
        let before = reported.traffic.counters.packets
        (reported.traffic, told) = (traffic, clock)
        let packets = traffic.counters.packets
        meter.count(packets, at: clock)
        return packets > before ? packets - before : 0
    }
}
