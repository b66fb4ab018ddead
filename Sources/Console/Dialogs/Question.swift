import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

/// A question over the screen, with what pressing each of its buttons leads to.
///
/// What was typed before it could be read does not count: for the first 300 ms only Escape is heard. Nor does a key that
/// is held since then: who hands over the keys keeps it back.
struct Question: Equatable {
    /// What it is about.
    enum Topic: Equatable {
        /// A plan that was asked for, and its answer once that is there.
        case plan(at: GatewayLabel, MoveSelection, PlanAnswer?)
        /// Whether to agree to a move, for a node that has not.
        case approval(MoveID, by: NodeName)
        /// Whether to stop a move.
        case abort(MoveID)
        /// Whether to stop the drain of a gateway.
        case stopDrain(NodeName)
    }

    /// What it is about.
    let topic: Topic
    /// What it says, line by line.
    private(set) var lines: [[CellText]]
    /// What each button leads to, Cancel not counted.
    let orders: [[ConsoleCommand]]
    /// The key that led to it.
    let openedBy: Key?
    /// When it came up, or was last changed.
    private(set) var since: ClockTime
    private(set) var dialog: Dialog

    /// How long keys are not heard.
    static let deafMilliseconds: Int64 = 300

    /// A question that comes up now; each button goes with what it leads to.
    init(
        _ topic: Topic, title: String, lines: [[CellText]], buttons: [(DialogButton, [ConsoleCommand])],
        openedBy key: Key?, at now: ClockTime
    ) {
        (self.topic, self.lines, openedBy, since) = (topic, lines, key, now)
        orders = buttons.map(\.1)
        dialog = Dialog(
            title: title, lines: lines.count, buttons: buttons.map(\.0), openedBy: key,
            cancelLabel: buttons.isEmpty ? "Close" : "Cancel")
    }

    /// Says something else from now on; what is new has to be read before it can be answered.
    mutating func say(_ lines: [[CellText]], at now: ClockTime) {
        guard lines != self.lines else { return }
        (self.lines, dialog.lines, since) = (lines, lines.count, now)
    }

    /// Whether a key could press a button: the focused one, or its own.
    func isDecided(by key: Key) -> Bool {
        switch key {
        case .enter: true
        case .character(let character): dialog.buttons.contains { $0.key == character }
        default: false
        }
    }

    /// Takes one key.
    mutating func handle(_ key: Key, at now: ClockTime) -> Dialog.Outcome {
        if key != .escape && now < since.advanced(by: Self.deafMilliseconds) { return .open }
        return dialog.handle(key)
    }
}
