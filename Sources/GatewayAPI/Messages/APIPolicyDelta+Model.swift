import IPsec

extension APIPolicyDelta {
    /// The message for a policy and the name of the one that it comes before; `nil` at the end.
    init(_ entry: Policy, before next: String?) {
        self.init()
        policy = APIPolicy(entry)
        before = next ?? ""
    }

    /// The change.
    var model: GatewayChange.Kind {
        get throws(MessageError) {
            guard hasPolicy else { throw .missing(field: "policy") }
            return .policy(try policy.model, before: before.isEmpty ? nil : before)
        }
    }
}
