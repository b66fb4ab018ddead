extension APIDelta: WireMessage {
    /// The message for a change.
    package init(_ model: GatewayChange) {
        self.init()
        revision = model.revision
        change =
            switch model.kind {
            case .association(let now): .association(APIAssociation(now))
            case .associationRemoved(let identifier): .associationRemoved(APIAssociationIdentifier(identifier))
            case .traffic(let identifier, let now): .traffic(APITrafficDelta(identifier, now))
            case .policy(let entry, let next): .policy(APIPolicyDelta(entry, before: next))
            case .policyRemoved(let name): .policyRemoved(name)
            case .path(let now): .path(APIPath(now))
            case .pathRemoved(let plane): .pathRemoved(APIPlane(plane))
            case .move(let now): .move(APIMove(now))
            case .stack(let now): .stack(APIStackCounters(now))
            case .drain(let now): .drain(APIDrain(now))
            case .event(let event): .event(APIEvent(event))
            }
    }

    /// The change.
    package var model: GatewayChange {
        get throws(MessageError) { GatewayChange(revision: revision, try kind) }
    }

    private var kind: GatewayChange.Kind {
        get throws(MessageError) {
            switch change {
            case .association(let now): .association(try now.model)
            case .associationRemoved(let identifier): .associationRemoved(try identifier.model)
            case .traffic(let delta): try delta.model
            case .policy(let delta): try delta.model
            case .policyRemoved(let name): .policyRemoved(name)
            case .path(let now): .path(try now.model)
            case .pathRemoved(let plane): .pathRemoved(try plane.model("path_removed"))
            case .move(let now): .move(try now.model)
            case .stack(let now): .stack(try now.model)
            case .drain(let now): .drain(try now.model)
            case .event(let event): .event(try event.model)
            case nil: throw .missing(field: "change")
            }
        }
    }
}
