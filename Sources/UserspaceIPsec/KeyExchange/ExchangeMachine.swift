package import IPsec

/// The machine of one end of a negotiation, whichever end it is.
package enum ExchangeMachine: Sendable {
    case initiator(ExchangeInitiator)
    case responder(ExchangeResponder)

    /// The SAs that are to be replaced.
    package var replaced: [SAIdentifier] {
        switch self {
        case .initiator(let machine): machine.replaced
        case .responder(let machine): machine.replaced
        }
    }

    /// Whether it may be dropped for one that the other end began.
    package var isYielding: Bool {
        switch self {
        case .initiator(let machine): machine.isYielding
        case .responder: false
        }
    }

    package mutating func handle(_ input: ExchangeInput) -> [ExchangeAction] {
        switch self {
        case .initiator(var machine):
            defer { self = .initiator(machine) }
            return machine.handle(input)
        case .responder(var machine):
            defer { self = .responder(machine) }
            return machine.handle(input)
        }
    }

    /// What is said to the other end's question once the machine is gone.
    package func lastWord(_ failure: KeyExchangeFailure?) -> KeyExchangeMessage.Content {
        if let failure { return .refused(failure) }
        return switch self {
        case .initiator: .inUse
        case .responder: .usedToo
        }
    }
}
