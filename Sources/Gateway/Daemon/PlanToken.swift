package import GatewayAPI

/// What stands for a plan that an operator saw: it is good as long as the plan made anew is the same one.
///
/// It lives no longer than the daemon, since the hash is seeded at its start.
package enum PlanToken {
    /// How long an operator may look at a plan.
    package static let life = Duration.seconds(600)

    package static func make(_ selection: MoveSelection, _ entries: [ReportedPlanEntry], expires: ClockTime) -> String {
        "\(digest(selection, entries))-\(String(expires.milliseconds, radix: 16))"
    }

    /// Whether the token is for this plan, and not too old.
    package static func isGood(
        _ token: String, _ selection: MoveSelection, _ entries: [ReportedPlanEntry], now: ClockTime
    ) -> Bool {
        let parts = token.split(separator: "-")
        guard parts.count == 2, let expires = UInt64(parts[1], radix: 16), expires >= now.milliseconds else {
            return false
        }
        return parts[0] == digest(selection, entries)
    }

    private static func digest(_ selection: MoveSelection, _ entries: [ReportedPlanEntry]) -> String {
        var hasher = Hasher()
        hasher.combine(selection)
        // What traffic changes is not the plan's.
        for var entry in entries {
            (entry.pathMTUBefore, entry.pathMTUAfter, entry.risks) = (nil, nil, [])
            (entry.told, entry.isSuiteAccepted, entry.contextOctets) = ("", nil, [])
            hasher.combine(entry)
        }
        return String(UInt(bitPattern: hasher.finalize()), radix: 16)
    }
}
