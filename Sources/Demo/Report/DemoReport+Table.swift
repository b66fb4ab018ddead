import ConfigurationFiles
import ForwardingPath

extension DemoReport {
    /// The report for a person.
    package func table() -> String {
        let head = "\(scenario): \(outcome.rawValue)" + (reason.isEmpty ? "" : " (\(reason))") + "\n\n"
        let drained = drains.map { drain in
            let stayed = TextTable(
                header: ["STAYED", "OF", "LAST ASKED", "OUTCOME", "WHY"],
                rows: drain.stayed.map { stayed in
                    [
                        stayed.names.joined(separator: ", "), stayed.user, stayed.to?.text ?? "-", stayed.outcome,
                        stayed.reason,
                    ]
                })
            return drain.words + "\n\n" + (drain.stayed.isEmpty ? "" : stayed.aligned + "\n")
        }.joined()
        let sas = TextTable(
            header: ["SA", "TYPE", "ACTION", "OUTCOME", "MOVES", "SPI", "AT"],
            rows: associations.map { association in
                [
                    association.name, association.type.map { "\($0.rawValue)" } ?? "-", association.action.rawValue,
                    association.outcome.rawValue,
                    association.moves.map { "\($0.from) -> \($0.to)" }.joined(separator: ", "),
                    association.after ?? "-", association.at.map(\.text).joined(separator: ", "),
                ]
            })
        let flows = TextTable(
            header: ["FROM", "TO", "SENT", "RECEIVED", "LOST", "TWICE"],
            rows: traffic.map {
                [$0.from.text, $0.to.text, "\($0.sent)", "\($0.received)", "\($0.lost)", "\($0.duplicated)"]
            })
        let steps = TextTable(
            header: ["PHASE", "MS"], rows: phases.map { [$0.name, Self.milliseconds($0.duration)] })
        let pauses =
            "pause: \(pause.pauses.count) moves, median \(Self.milliseconds(pause.percentile(0.5))) ms, "
            + "99th percentile \(Self.milliseconds(pause.percentile(0.99))) ms, "
            + "longest \(Self.milliseconds(pause.pauses.last ?? .zero)) ms\n"
        let rest =
            "replay: \(replay.offered) packets offered, \(replay.accepted) accepted\n"
            + "signalling: \(signalling.messages) messages, \(signalling.bytes) bytes, "
            + "\(signalling.mobileNodeMessages) to or from mobile nodes; for each SA "
            + "\(signalling.staticBytesPerAssociation) bytes of static and "
            + "\(signalling.dynamicBytesPerAssociation) of dynamic context; before it, for plans, "
            + "\(signalling.planMessages) messages, \(signalling.planBytes) bytes\n"
        return head + drained + sas.aligned + "\n" + flows.aligned + "\n" + steps.aligned + "\n" + pauses + rest
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let hundredths = Int((duration / .microseconds(10)).rounded())
        let fraction = "\(hundredths % 100)"
        return "\(hundredths / 100).\(fraction.count == 1 ? "0" : "")\(fraction)"
    }
}
