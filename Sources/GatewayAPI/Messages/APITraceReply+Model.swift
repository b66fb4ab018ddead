import ContextTransfer
import ForwardingPath

extension APITraceReply: WireMessage {
    /// The message for a CXTP message that was traced.
    package init(_ model: TracedMessage) {
        self.init()
        number = model.number
        clockMs = model.clock.milliseconds
        direction = APITraceDirection(model.direction)
        peer = model.peer.text
        type = UInt32(model.type)
        typeName = model.typeName
        move = model.move?.description ?? ""
        bytes = model.bytes
        fields = model.fields.map { APITraceField($0) }
    }

    /// The CXTP message.
    package var model: TracedMessage {
        get throws(MessageError) {
            TracedMessage(
                number: number, clock: ClockTime(milliseconds: clockMs), direction: try direction.model("direction"),
                peer: try NodeName(field: "peer", peer), type: try UInt8(exactly: type).valid("type", type),
                typeName: typeName, move: try move.unlessEmpty("move") { MoveID($0) }, bytes: bytes,
                fields: try fields.models)
        }
    }
}
