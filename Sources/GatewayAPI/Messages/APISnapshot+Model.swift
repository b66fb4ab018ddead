extension APISnapshot: WireMessage {
    /// The message for all that a gateway has.
    package init(_ model: GatewaySnapshot) {
        self.init()
        revision = model.revision
        associations = model.associations.map { APIAssociation($0) }
        policies = model.policies.map { APIPolicy($0) }
        paths = model.paths.map { APIPath($0) }
        moves = model.moves.map { APIMove($0) }
        stack = APIStackCounters(model.stack)
        events = model.events.map { APIEvent($0) }
        if let now = model.drain { drain = APIDrain(now) }
    }

    /// All that the gateway has.
    package var model: GatewaySnapshot {
        get throws(MessageError) {
            GatewaySnapshot(
                revision: revision, associations: try associations.models, policies: try policies.models,
                paths: try paths.models, moves: try moves.models, stack: try stack.model, events: try events.models,
                drain: hasDrain ? try drain.model : nil)
        }
    }
}
