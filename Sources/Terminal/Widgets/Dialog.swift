/// A question over the screen. Cancel has the focus, so that neither Enter nor a held key does harm.
///
/// To say yes takes a key of its own, or a move to the button and then Enter. The key that opened the dialog is not
/// heard until another one has come, since it may still be held down. What it asks is drawn by its owner.
package struct Dialog: Hashable, Sendable {
    /// What a key led to.
    package enum Outcome: Hashable, Sendable {
        /// The question is still open.
        case open
        /// No: Escape, or the Cancel button.
        case cancelled
        /// Yes: the number of the button among those given to the dialog.
        case chosen(Int)
    }

    /// What it is about.
    package let title: String
    /// How many lines there are of what is asked.
    package var lines: Int
    /// The buttons that do something; Cancel comes before them of itself.
    package let buttons: [DialogButton]
    /// The number of the focused button: 0 is Cancel.
    package private(set) var focus = 0
    /// The first line of the body in sight.
    package private(set) var scroll = 0
    private let cancelLabel: String
    private var ignored: Key?

    /// An open question. `openedBy` is the key that led to it.
    package init(
        title: String, lines: Int, buttons: [DialogButton], openedBy: Key? = nil, cancelLabel: String = "Cancel"
    ) {
        (self.title, self.lines, self.buttons, self.cancelLabel) = (title, lines, buttons, cancelLabel)
        ignored = openedBy
    }

    /// All that can be pressed, Cancel first.
    package var allButtons: [DialogButton] { [DialogButton(cancelLabel)] + buttons }

    /// Takes one key.
    package mutating func handle(_ key: Key) -> Outcome {
        if key == ignored { return .open }
        ignored = nil
        switch key {
        case .escape: return .cancelled
        case .enter: return focus == 0 ? .cancelled : .chosen(focus - 1)
        case .tab, .right: focus = (focus + 1) % (buttons.count + 1)
        case .backTab, .left: focus = (focus + buttons.count) % (buttons.count + 1)
        case .up: scroll = max(0, scroll - 1)
        case .down: scroll = min(scroll + 1, max(0, lines - 1))
        case .pageUp: scroll = max(0, scroll - 10)
        case .pageDown: scroll = min(scroll + 10, max(0, lines - 1))
        case .character(let character): return buttons.firstIndex { $0.key == character }.map(Outcome.chosen) ?? .open
        default: break
        }
        return .open
    }
}
