package import ContextTransfer
package import ForwardingPath
package import GatewayAPI
package import IPsec

/// What a CTAR or a CT-Req must be before anything is done for it (RFC 4067 sections 2.5.1 and 2.5.6): whose contexts are
/// wanted, and who asks.
///
/// Private addresses may overlap: an address means a user only in its realm, which a block of the request names.
package struct ActivationCheck: Sendable {
    private let node: NodeName
    private let network: Network
    private let secrets: [NodeName: KeyMaterial]

    /// - Parameters:
    ///   - node: the router that is asked.
    ///   - secrets: what it shares with mobile nodes.
    package init(_ node: NodeName, _ network: Network, secrets: [NodeName: KeyMaterial]) {
        (self.node, self.network, self.secrets) = (node, network, secrets)
    }

    /// Whose contexts a request is about.
    package struct Wanted: Hashable, Sendable {
        package let mobile: NodeName
        package let subject: MoveSubject
        /// What tells the secret of its token from another one; `nil` where a new router asks on its own.
        package let secret: String?

        /// Whether an SA's other end is the user's, by its address in its realm.
        package func includes(_ summary: AssociationSummary) -> Bool {
            summary.farAddress == subject.address && summary.offer.identifier.realm == subject.realm
        }
    }

    /// The address and realm of a mobile node's request, as its new router sees it.
    package func subject(of request: ActivateRequest, from peer: NodeName) throws(OperationRefusal) -> MoveSubject {
        // Without a token it would pass for the new router's own.
        guard request.token != 0, request.requests.count == 1,
            let block = try? AuthorizationBlock(request.requests[0])
        else { throw .notPossible("it has no authorization token") }
        let subject = MoveSubject(address: request.previousAddress, realm: block.realm)
        guard try mobileNode(of: subject) == peer else {
            throw .notPossible("\(subject.address) in the realm \(subject.realm) is not its address")
        }
        return subject
    }

    /// What a new router asks this node for, the previous one. A token is looked at before anything else is done.
    package func wanted(by request: TransferRequest, from peer: NodeName) throws(OperationRefusal) -> Wanted {
        guard network.paths.contains(where: { $0.previousRouter == node && $0.nextRouter == peer }) else {
            throw .notPossible("\(peer) is the new router of no path from here")
        }
        if let subject = try ownSubject(of: request) {
            return Wanted(mobile: try mobileNode(of: subject), subject: subject, secret: nil)
        }
        guard request.requests.count == 1, let block = try? AuthorizationBlock(request.requests[0]) else {
            throw .notPossible("the authorization token is wrong")
        }
        let subject = MoveSubject(address: request.previousAddress, realm: block.realm)
        let mobile = try mobileNode(of: subject)
        guard let secret = secrets[mobile], AuthorizationToken.isRight(request, secret) else {
            throw .notPossible("the authorization token is wrong")
        }
        return Wanted(mobile: mobile, subject: subject, secret: AuthorizationToken.mark(of: secret))
    }

    /// Whom a new router's own request is about, which has no token; `nil` where the request has one. One that names no
    /// realm is clear only where a single realm has the address.
    private func ownSubject(of request: TransferRequest) throws(OperationRefusal) -> MoveSubject? {
        guard request.token == 0 else { return nil }
        let address = request.previousAddress
        if request.requests.count == 1, let block = try? SubjectBlock(request.requests[0]) {
            return MoveSubject(address: address, realm: block.realm)
        }
        guard request.requests.isEmpty else { return nil }
        let realms = Set(
            network.nodes.filter { $0.role == .mobileNode && $0.addresses.contains(address) }.flatMap(\.realms))
        guard let realm = realms.first else { throw .notFound("no mobile node has that address") }
        guard realms.count == 1 else {
            throw .notPossible("the address is in several realms, and the request names none")
        }
        return MoveSubject(address: address, realm: realm)
    }

    private func mobileNode(of subject: MoveSubject) throws(OperationRefusal) -> NodeName {
        guard let owner = network.owner(of: subject.address, in: subject.realm),
            network.node(owner)?.role == .mobileNode
        else { throw .notFound("no mobile node has that address in the realm \(subject.realm)") }
        return owner
    }
}
