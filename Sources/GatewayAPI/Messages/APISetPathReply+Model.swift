extension APISetPathReply: WireMessage {
    /// The message that tells a plane's paths after they were changed.
    package init(_ model: ReportedPath) {
        self.init()
        path = APIPath(model)
    }

    /// The paths.
    package var model: ReportedPath {
        get throws(MessageError) {
            guard hasPath else { throw .missing(field: "path") }
            return try path.model
        }
    }
}
