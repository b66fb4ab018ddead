extension APIDrainReply: WireMessage {
    /// The message for what a drain began.
    package init(_ model: DrainReport) {
        self.init()
        moves = model.moves.map { APIMove($0) }
        staying = model.staying.map { APIPlannedAssociation($0) }
    }

    /// What the drain began.
    package var model: DrainReport {
        get throws(MessageError) { DrainReport(moves: try moves.models, staying: try staying.models) }
    }
}
