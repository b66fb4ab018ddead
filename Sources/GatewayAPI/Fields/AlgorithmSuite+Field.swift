internal import IPsec

extension AlgorithmSuite {
    /// The suite that a field names; of algorithms that are none of ours where another field says of which protocol they are.
    init(field: String, _ name: String, foreign: APISecurityProtocol) throws(MessageError) {
        guard foreign == .unspecified else {
            self.init(
                foreign: Foreign(name: name, securityProtocol: try foreign.model("foreign_suite")))
            return
        }
        self = try AlgorithmSuite(name: name).valid(field, name)
    }
}
