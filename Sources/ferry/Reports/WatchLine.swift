import GatewayAPI

/// One thing that happened at a gateway, as `ferry watch` prints it.
///
/// In JSON: `time` by the gateway's clock, null where the gateway did not say it; `gateway`, its node or, until that is
/// known, its address; `kind`; `text`, one sentence; `value`, what `ferry get` prints of the thing, null for none.
package struct WatchLine: Hashable, Sendable {
    /// What a line is about; the raw value is its word.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case connected, unreachable, snapshot
        case association, associationRemoved, policy, policyRemoved, path, pathRemoved
        case move, drain, event
    }

    /// When.
    let clock: ClockTime?
    /// Who told it.
    let gateway: String
    /// What it is about.
    let kind: Kind
    /// One sentence.
    let text: String
    /// The thing itself.
    let value: ReportValue

    /// The line, without its line feed.
    package func text(_ format: WatchFormat) -> String {
        switch format {
        case .text:
            [clock?.text ?? "-", gateway, kind.rawValue, text].map { SafeText($0).description }.joined(separator: " ")
        case .json:
            ReportValue.object([
                "time": .optional(clock?.text), "gateway": .text(gateway), "kind": .text(kind.rawValue),
                "text": .text(text), "value": value,
            ]).json
        }
    }
}
