import ForwardingPath

extension APIPath: WireMessage {
    /// The message for a plane's paths.
    package init(_ model: ReportedPath) {
        self.init()
        plane = APIPlane(model.path.plane)
        previous = model.path.previous.map(\.text)
        next = model.path.next?.map(\.text) ?? []
        gateway = model.gateway?.text ?? ""
        reason = model.reason
        beside = model.beside.map(\.text)
    }

    /// The paths.
    package var model: ReportedPath {
        get throws(MessageError) {
            let path = PathPair(
                plane: try plane.model("plane"), previous: try NodeName.list(field: "previous", previous),
                next: next.isEmpty ? nil : try NodeName.list(field: "next", next))
            return ReportedPath(
                path: path, gateway: try gateway.unlessEmpty("gateway") { NodeName($0) }, reason: reason,
                beside: try NodeName.list(field: "beside", beside))
        }
    }
}
