import ForwardingPath

extension APISeekPathRequest: WireMessage {
    /// The message that has a new path set up.
    package init(_ model: PathWish) {
        self.init()
        plane = APIPlane(model.plane)
        router = model.router.text
    }

    /// The wish.
    package var model: PathWish {
        get throws(MessageError) {
            PathWish(plane: try plane.model("plane"), router: try NodeName(field: "router", router))
        }
    }
}
