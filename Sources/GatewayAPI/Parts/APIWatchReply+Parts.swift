extension APIWatchReply {
    /// The messages for what a watched gateway sends, each made when it is asked for.
    package static func replies(_ update: WatchUpdate) -> some Sequence<APIWatchReply> {
        let parts = update.parts()
        return parts.indices.lazy.map { index in
            var reply = APIWatchReply(parts[index])
            reply.more = index < parts.count - 1
            return reply
        }
    }
}
