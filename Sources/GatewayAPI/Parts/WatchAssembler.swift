/// Joins the parts of what a watched gateway sends.
package struct WatchAssembler: Sendable {
    /// What one update may weigh; a gateway that sends more is not well.
    package static let limit = 2_000_000

    private var begun: WatchUpdate?
    private var weight = 0

    /// Before the first reply.
    package init() {}

    /// Takes the next reply; gives the update that it completes, `nil` while parts are missing.
    package mutating func take(_ reply: APIWatchReply) throws(MessageError) -> WatchUpdate? {
        let part = try reply.model
        weight += part.weight
        guard weight <= Self.limit else { throw .invalid(field: "more", value: "true, \(weight) times") }
        var update = begun ?? part
        if begun != nil {
            // Without the old value, the lists grow in place.
            begun = nil
            guard update.join(part) else { throw .invalid(field: "content", value: "a part of another kind") }
        }
        guard !reply.more else {
            begun = update
            return nil
        }
        weight = 0
        return update
    }
}
