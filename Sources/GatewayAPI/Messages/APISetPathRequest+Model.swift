package import ForwardingPath

extension APISetPathRequest: WireMessage {
    /// The message that gives a plane these paths.
    package init(_ model: PathPair) {
        self.init()
        path = APIPath(ReportedPath(path: model, gateway: nil, reason: ""))
    }

    /// The paths.
    package var model: PathPair {
        get throws(MessageError) {
            guard hasPath else { throw .missing(field: "path") }
            return try path.model.path
        }
    }
}
