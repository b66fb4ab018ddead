package import ContextTransfer

extension APIReason: WireMessage {
    /// The message for a reason.
    package init(_ model: MoveReason) {
        self.init()
        switch model {
        case .spiInUse: code = .spiInUse
        case .unsupported(let what): (code, text) = (.unsupported, what)
        case .policyInUse(let packets): (code, text) = (.policyInUse, packets)
        case .noCapacity: code = .noCapacity
        case .noAssociation: code = .noAssociation
        case .associationChanged: code = .associationChanged
        case .expired: code = .expired
        case .notApproved(let by): (code, text) = (.notApproved, by)
        case .aborted(let by): (code, text) = (.aborted, by)
        case .timeout(let party): (code, role) = (.timeout, APIMoveRole(party))
        case .restarted(let party): (code, role) = (.restarted, APIMoveRole(party))
        case .unknownMove: code = .unknownMove
        case .busy: code = .busy
        case .outdated: code = .outdated
        case .notAuthorized: code = .notAuthorized
        case .groupFailed: code = .groupFailed
        case .failure(let words): (code, text) = (.failure, words)
        }
    }

    /// The reason.
    package var model: MoveReason {
        get throws(MessageError) {
            switch code {
            case .spiInUse: .spiInUse
            case .unsupported: .unsupported(text)
            case .policyInUse: .policyInUse(text)
            case .noCapacity: .noCapacity
            case .noAssociation: .noAssociation
            case .associationChanged: .associationChanged
            case .expired: .expired
            case .notApproved: .notApproved(by: text)
            case .aborted: .aborted(by: text)
            case .timeout: .timeout(try role.model("role"))
            case .restarted: .restarted(try role.model("role"))
            case .unknownMove: .unknownMove
            case .busy: .busy
            case .outdated: .outdated
            case .notAuthorized: .notAuthorized
            case .groupFailed: .groupFailed
            case .failure: .failure(text)
            case .unspecified, .UNRECOGNIZED: throw .unknownWord(field: "code", number: code.rawValue)
            }
        }
    }
}
