import ContextTransfer
import ForwardingPath

extension APIDrained: WireMessage {
    /// The message for what becomes of one of a drain's moves.
    package init(_ model: ReportedDrained) {
        self.init()
        (number, user, names, to) = (model.number, model.user, model.names, model.to?.text ?? "")
        renegotiated = model.isRenegotiated
        move = model.move?.description ?? ""
        leftOut = model.standing == .leftOut
        if let end = model.outcome {
            outcome = APIMoveOutcome(end)
            if let why = end.reason { reason = APIReason(why) }
        }
    }

    /// What becomes of it.
    package var model: ReportedDrained {
        get throws(MessageError) {
            guard !names.isEmpty else { throw .missing(field: "names") }
            let gateway = NodeName(to)
            guard gateway != nil || to.isEmpty && move.isEmpty && outcome == .refused else {
                throw .invalid(field: "to", value: to)
            }
            return ReportedDrained(
                number: number, user: user, names: names, to: gateway, isRenegotiated: renegotiated,
                standing: try standing)
        }
    }

    private var standing: ReportedDrained.Standing {
        get throws(MessageError) {
            if leftOut { return .leftOut }
            guard !move.isEmpty || outcome == .refused else { return .waiting }
            if move.isEmpty { return .over(try outcome.model(hasReason ? try reason.model : nil), nil) }
            let move = try MoveID(move).valid("move", move)
            guard outcome != .unspecified else { return .underWay(move) }
            return .over(try outcome.model(hasReason ? try reason.model : nil), move)
        }
    }
}
