internal import IPsec

/// One end of a negotiation while its task runs: the machine, and what its owner keeps beside it.
struct ExchangeParty: Sendable {
    let id: KeyExchangeID
    let peer: String
    /// What was asked for; `nil` where the other end began.
    let order: RenewalOrder?
    var machine: ExchangeMachine
    /// The number of the deadline that counts; earlier ones were replaced.
    var deadline = 0
    var isFinished = false

    /// Whether the old SAs are here.
    var hasOld: Bool { order?.areHere ?? true }

    /// What is told where it comes to nothing.
    func failed(_ failure: KeyExchangeFailure) -> KeyExchangeEvent {
        .failed(machine.replaced, with: peer, failure, wasAsked: order != nil)
    }
}
