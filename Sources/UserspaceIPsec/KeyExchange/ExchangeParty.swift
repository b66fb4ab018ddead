internal import IPsec

/// One end of a negotiation while its task runs: the machine, and what its owner keeps beside it.
struct ExchangeParty: Sendable {
    enum Machine: Sendable {
        case initiator(ExchangeInitiator)
        case responder(ExchangeResponder)
    }

    let id: KeyExchangeID
    let peer: String
    /// What was asked for; `nil` where the other end began.
    let order: RenewalOrder?
    var machine: Machine
    /// The number of the deadline that counts; earlier ones were replaced.
    var deadline = 0
    var isFinished = false

    var replaced: [SAIdentifier] {
        switch machine {
        case .initiator(let machine): machine.replaced
        case .responder(let machine): machine.replaced
        }
    }

    /// Whether the old SAs are here.
    var hasOld: Bool { order?.areHere ?? true }

    /// Whether it may be dropped for one that the other end began.
    var isYielding: Bool {
        switch machine {
        case .initiator(let machine): machine.isYielding
        case .responder: false
        }
    }

    mutating func handle(_ input: ExchangeInput) -> [ExchangeAction] {
        switch machine {
        case .initiator(var initiator):
            defer { machine = .initiator(initiator) }
            return initiator.handle(input)
        case .responder(var responder):
            defer { machine = .responder(responder) }
            return responder.handle(input)
        }
    }

    /// What is told where it comes to nothing.
    func failed(_ failure: KeyExchangeFailure) -> KeyExchangeEvent {
        .failed(replaced, with: peer, failure, wasAsked: order != nil)
    }

    /// What is said to the other end's question once the machine is gone.
    func lastWord(_ failure: KeyExchangeFailure?) -> KeyExchangeMessage.Content {
        if let failure { return .refused(failure) }
        return switch machine {
        case .initiator: .inUse
        case .responder: .usedToo
        }
    }
}
