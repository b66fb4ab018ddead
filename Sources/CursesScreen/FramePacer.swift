/// Says when to draw, so that news from elsewhere never cause more than so many frames a second.
///
/// A key is drawn at once. News are drawn at once when the last frame is long enough ago; else one later frame takes
/// in all that come until then. Without news nothing is planned.
package struct FramePacer: Sendable {
    /// What to do about a change.
    package enum Decision: Hashable, Sendable {
        /// Draw now.
        case draw
        /// Draw after this time.
        case drawAfter(Duration)
        /// A later frame is planned already.
        case isPlanned
    }

    private let interval: Duration
    private var last: ContinuousClock.Instant?
    private var isPlanned = false

    /// So many frames a second at most; less than one is taken for one.
    package init(framesPerSecond: Int) {
        interval = .seconds(1) / max(1, framesPerSecond)
    }

    /// There is news.
    package mutating func news(at now: ContinuousClock.Instant) -> Decision {
        if isPlanned { return .isPlanned }
        guard let last, now < last + interval else { return .draw }
        isPlanned = true
        return .drawAfter(last + interval - now)
    }

    /// The planned time has come; true when what is new has not been drawn meanwhile.
    package mutating func planIsDue() -> Bool {
        defer { isPlanned = false }
        return isPlanned
    }

    /// A frame was drawn.
    package mutating func drew(at now: ContinuousClock.Instant) {
        last = now
    }
}
