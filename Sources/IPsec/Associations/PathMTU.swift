/// A path MTU that was learned, with its age (RFC 4301 section 8.2).
package struct PathMTU: Hashable, Sendable {
    /// In octets, 68 or more.
    package var octets: UInt16
    /// Since it was learned.
    package var age: Duration

    /// How long a learned value is believed: an SA then tries a larger packet again (RFC 1191 section 6.3).
    package static let timeToLive = Duration.seconds(600)

    package init(octets: UInt16, age: Duration = .zero) {
        (self.octets, self.age) = (octets, age)
    }

    /// Whether it is still believed.
    package var isBelieved: Bool { age < Self.timeToLive }

    /// What holds at a new gateway: the smaller of what was learned, while it is believed, and the egress MTU.
    package static func afterMove(learned: PathMTU?, egress: UInt16) -> PathMTU {
        guard let learned, learned.isBelieved, learned.octets < egress else { return PathMTU(octets: egress) }
        return learned
    }
}
