/// What changes with each packet of an SA (draft section 7.3.2): the part that crosses inside the pause.
package struct DynamicAttributes: Equatable, Sendable {
    /// The last number sent; 0 before the first packet. It crosses also where anti-replay is off, because a
    /// number used twice is a nonce used twice.
    package var lastSent = SequenceNumber(0)
    /// The receiver's memory; `nil` when anti-replay is off.
    package var window: ReplayWindow?
    /// Lifetime used up.
    package var use = LifetimeUse()
    /// The path MTU, where one was learned.
    package var pathMTU: PathMTU?
    /// How often the SA's gateway end was renamed, so that an update which is older than the last one is known.
    package var renamings: UInt32 = 0
    /// How often it was put in force, with the first time. A stack that makes nonces of a salt of its own takes another one
    /// each time, and the more there were, the likelier it is that one nonce comes twice.
    package var installs: UInt32 = 1

    package init() {}

    /// The state of a new SA with these attributes.
    package init(fresh attributes: StaticAttributes) {
        window = attributes.replayWindowSize.flatMap { ReplayWindow(size: $0) }
    }
}
