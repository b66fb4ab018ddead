package import IPsec

extension APIPolicy: WireMessage {
    /// The message for a policy.
    package init(_ model: Policy) {
        self.init()
        name = model.name
        direction = APIDirection(model.direction)
        selectors = model.selectors.map { APISelector($0) }
        action = APIPolicyAction(model.action)
        if case .user(let name) = model.origin { user = name }
        forwarding = model.isForwarding
        if let place = model.priority { priority = place }
        particulars = model.particulars
        if let identifier = model.association { association = APIAssociationIdentifier(identifier) }
    }

    /// The policy.
    package var model: Policy {
        get throws(MessageError) {
            var model = Policy(
                name: name, direction: try direction.model("direction"), selectors: try selectors.models,
                action: try action.model("action"), origin: hasUser ? .user(user) : .static,
                association: hasAssociation ? try association.model : nil)
            model.isForwarding = forwarding
            (model.priority, model.particulars) = (hasPriority ? priority : nil, particulars)
            return model
        }
    }
}
