import ContextTransfer
import ForwardingPath
package import GatewayAPI
import IPsec

/// `ferry get sad`, and in JSON under "associations": an SA, as one gateway has it.
///
/// Lifetimes are those of RFC 4301: `used…` is what was used of them, `soft…` and `hard…` are the limits, null for none.
/// `sequence` is the last number sent for an outbound SA, the highest received for an inbound one.
package let associationColumns: [Column<Told<ReportedAssociation>>] = [
    Column("gateway", "GATEWAY") { .text($0.gateway.text) },
    Column("name", "NAME") { .text($0.thing.name) },
    Column("user") { .optional($0.thing.user) },
    Column("spi", "SPI") { .text($0.thing.identifier.spi.description) },
    Column("direction", "DIRECTION") { .text($0.thing.direction.name) },
    Column("source", "SOURCE") { .text($0.thing.source.description) },
    Column("destination", "DESTINATION") { .text($0.thing.identifier.destination.description) },
    Column("realm") { .optional($0.thing.identifier.realm.name) },
    Column("protocol", "PROTOCOL") { .text($0.thing.identifier.securityProtocol == .esp ? "esp" : "ah") },
    Column("mode", "MODE") { .text($0.thing.mode.name) },
    Column("suite", "SUITE") { .text($0.thing.suite.name) },
    Column("plane") { .text($0.thing.plane.rawValue) },
    Column("type", "TYPE") { .optional($0.thing.type?.rawValue) },
    Column("state", "STATE") { .text($0.thing.phase.name) },
    Column("sequence", "SEQUENCE") { .optional($0.thing.sequence?.value) },
    Column("windowSize") { .optional($0.thing.windowSize) },
    Column("extendedSequenceNumbers") { .flag($0.thing.extendedSequenceNumbers) },
    Column("packets", "PACKETS") { .count($0.thing.traffic.counters.packets) },
    Column("bytes") { .count($0.thing.traffic.counters.bytes) },
    Column(title: "ERRORS") { .count($0.thing.traffic.counters.errors) },
    Column("replays") { .count($0.thing.traffic.counters.replays) },
    Column("integrityFailures") { .count($0.thing.traffic.counters.integrityFailures) },
    Column("selectorMismatches") { .count($0.thing.traffic.counters.selectorMismatches) },
    Column(title: "SECONDS LEFT") { .optional($0.thing.secondsLeft) },
    Column("usedSeconds") { .count($0.thing.traffic.use.age.wholeSeconds) },
    Column("usedBytes") { .count($0.thing.traffic.use.bytes) },
    Column("usedPackets") { .count($0.thing.traffic.use.packets) },
    Column("softSeconds") { .optional($0.thing.softLifetime.seconds) },
    Column("softBytes") { .optional($0.thing.softLifetime.bytes) },
    Column("softPackets") { .optional($0.thing.softLifetime.packets) },
    Column("hardSeconds") { .optional($0.thing.hardLifetime.seconds) },
    Column("hardBytes") { .optional($0.thing.hardLifetime.bytes) },
    Column("hardPackets") { .optional($0.thing.hardLifetime.packets) },
    Column("pathMTU") { .optional($0.thing.traffic.pathMTU?.octets) },
    Column("peer", "PEER") { .optional($0.thing.peer?.text) },
    Column("move", "MOVE") { .optional($0.thing.moving?.description) },
    Column("obstacle") { .optional($0.thing.obstacle?.reason) },
    Column("particulars") { .list($0.thing.particulars.map { .text($0) }) },
]

extension ReportedAssociation {
    fileprivate var sequence: SequenceNumber? { direction == .outbound ? traffic.lastSent : traffic.windowHighest }

    fileprivate var secondsLeft: UInt64? {
        hardLifetime.seconds.map { limit in limit - min(limit, traffic.use.age.wholeSeconds) }
    }
}

extension SACounters {
    /// Packets that were refused.
    fileprivate var errors: UInt64 { replays &+ integrityFailures &+ selectorMismatches }
}

extension Duration {
    /// Rounded down; 0 for a negative duration.
    fileprivate var wholeSeconds: UInt64 { UInt64(clamping: components.seconds) }
}
