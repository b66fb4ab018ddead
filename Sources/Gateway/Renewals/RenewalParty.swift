import ContextTransfer
import ForwardingPath
import IPsec

/// One side of SAs that are negotiated anew while its task runs: the machine, and what its owner keeps beside it.
struct RenewalParty: Sendable {
    enum Machine: Sendable {
        case holder(RenewalMove)
        case taker(RenewalTaking)
    }

    let move: MoveDescription
    let peer: NodeName
    let requestedBy: String
    var machine: Machine
    /// The number of the deadline that counts; earlier ones were replaced.
    var deadline = 0
    /// Tells the key management, which waits, whether to go on.
    var proceeding: AsyncStream<Bool>.Continuation?

    /// The holder's side.
    init(move: MoveDescription, peer: NodeName, requestedBy: String, task: RenewalTask, timing: MoveTiming) {
        (self.move, self.peer, self.requestedBy) = (move, peer, requestedBy)
        machine = .holder(RenewalMove(task, timing: timing))
    }

    /// The taker's side.
    init(move: MoveDescription, peer: NodeName, timing: MoveTiming) {
        (self.move, self.peer, requestedBy) = (move, peer, "")
        machine = .taker(RenewalTaking(timing: timing))
    }

    var isHolder: Bool { if case .holder = machine { true } else { false } }

    /// The names of the holder's SAs.
    var names: [String] {
        if case .holder(let machine) = machine { machine.task.associations.map(\.label) } else { [] }
    }

    /// The key under which the party tells what it does: the holder leads.
    var key: MovePartyKey { MovePartyKey(id: move.id, role: isHolder ? .source : .taker) }
}

extension AssociationTemplate {
    /// What a person calls the SA: its name, or its SPI where it has none.
    var label: String { name.isEmpty ? replaces.spi.description : name }
}
