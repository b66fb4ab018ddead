extension APIPhaseProgress: WireMessage {
    /// The message for the progress of a phase.
    package init(_ model: PhaseProgress) {
        self.init()
        phase = APIMovePhase(model.phase)
        startMs = model.start.milliseconds
        if let end = model.end { endMs = end.milliseconds }
        done = UInt32(clamping: model.done)
        total = UInt32(clamping: model.total)
    }

    /// The progress.
    package var model: PhaseProgress {
        get throws(MessageError) {
            guard done <= total else { throw .invalid(field: "done", value: "\(done) of \(total)") }
            return PhaseProgress(
                phase: try phase.model("phase"), start: try ClockTime(field: "start_ms", startMs),
                end: hasEndMs ? try ClockTime(field: "end_ms", endMs) : nil, done: Int(done), total: Int(total))
        }
    }
}
