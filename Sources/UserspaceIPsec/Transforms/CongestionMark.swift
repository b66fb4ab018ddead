/// Explicit Congestion Notification: the lower two bits of the traffic class (RFC 3168 section 5).
enum CongestionMark: UInt8 {
    case notCapable = 0
    case capable1 = 1
    case capable0 = 2
    case experienced = 3

    /// The mark in a traffic class.
    init(trafficClass: UInt8) {
        self =
            switch trafficClass & 0x03 {
            case 0: .notCapable
            case 1: .capable1
            case 2: .capable0
            default: .experienced
            }
    }

    /// What the inner packet carries on when a tunnel ends (RFC 6040 section 4.2); `nil` when it must be dropped,
    /// because congestion was marked on a packet whose sender does not understand the mark.
    static func leavingTunnel(inner: CongestionMark, outer: CongestionMark) -> CongestionMark? {
        switch (inner, outer) {
        case (.notCapable, .experienced): nil
        case (_, .experienced): .experienced
        case (.capable0, .capable1): .capable1
        case (_, .notCapable), (_, .capable0), (_, .capable1): inner
        }
    }
}
