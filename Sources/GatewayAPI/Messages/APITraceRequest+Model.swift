package import ContextTransfer

extension APITraceRequest: WireMessage {
    /// The message that asks for a trace: of one move, or of all.
    package init(_ model: MoveID?) {
        self.init()
        move = model?.description ?? ""
    }

    /// The move.
    package var model: MoveID? {
        get throws(MessageError) { try move.unlessEmpty("move") { MoveID($0) } }
    }
}
