package import ContextTransfer
import ForwardingPath

extension APIRoute: WireMessage {
    /// The message for a route.
    package init(_ model: MoveRoute) {
        self.init()
        holder = model.holder.text
        previousRouter = model.source.text
        newRouter = model.target.text
        taker = model.taker.text
        mobileNode = model.mobile?.text ?? ""
    }

    /// The route.
    package var model: MoveRoute {
        get throws(MessageError) {
            MoveRoute(
                holder: try NodeName(field: "holder", holder),
                source: try NodeName(field: "previous_router", previousRouter),
                target: try NodeName(field: "new_router", newRouter), taker: try NodeName(field: "taker", taker),
                mobile: mobileNode.isEmpty ? nil : try NodeName(field: "mobile_node", mobileNode))
        }
    }
}
