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
        if let identifier = model.association { association = APIAssociationIdentifier(identifier) }
    }

    /// The policy.
    package var model: Policy {
        get throws(MessageError) {
            Policy(
                name: name, direction: try direction.model("direction"), selectors: try selectors.models,
                action: try action.model("action"), origin: hasUser ? .user(user) : .static,
                association: hasAssociation ? try association.model : nil)
        }
    }
}
