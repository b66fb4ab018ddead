/// A question over the screen. Cancel has the focus, so that neither Enter nor a held key does harm.
///
/// To say yes takes a key of its own, or a move to the button and then Enter. The key that opened the dialog is not
/// heard until another one has come, since it may still be held down. A grave question asks for a phrase to be typed:
/// until then only Cancel can be pressed.
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
    /// What is asked, and all that one should know before.
    package let body: String
    /// The buttons that do something; Cancel comes before them of itself.
    package let buttons: [DialogButton]
    /// What must be typed before a button can be pressed; nil for nothing.
    package let phrase: String?
    /// The number of the focused button: 0 is Cancel.
    package private(set) var focus = 0
    /// The first line of the body in sight.
    package private(set) var scroll = 0
    private let cancelLabel: String
    private var typed: TextField
    private var ignored: Key?

    /// An open question. `openedBy` is the key that led to it.
    package init(
        title: String, body: String, buttons: [DialogButton], openedBy: Key? = nil, phrase: String? = nil,
        cancelLabel: String = "Cancel"
    ) {
        (self.title, self.body, self.buttons, self.phrase) = (title, body, buttons, phrase)
        self.cancelLabel = cancelLabel
        typed = TextField(prompt: "> ")
        ignored = openedBy
    }

    /// A message with nothing to choose: its only button closes it.
    package static func message(title: String, body: String) -> Dialog {
        Dialog(title: title, body: body, buttons: [], cancelLabel: "Close")
    }

    /// All that can be pressed, Cancel first.
    package var allButtons: [DialogButton] { [DialogButton(cancelLabel)] + buttons }

    /// Whether what had to be typed has been.
    package var isUnlocked: Bool { phrase == nil || phrase == typed.text }

    /// What is typed so far; nil when nothing is asked for.
    package var answer: TextField? { phrase == nil ? nil : typed }

    /// Takes one key.
    package mutating func handle(_ key: Key) -> Outcome {
        if key == ignored { return .open }
        ignored = nil
        switch key {
        case .escape: return .cancelled
        case .enter: return focus == 0 ? .cancelled : press(focus - 1)
        case .tab, .right: focus = (focus + 1) % (buttons.count + 1)
        case .backTab, .left: focus = (focus + buttons.count) % (buttons.count + 1)
        case .up: scroll = max(0, scroll - 1)
        case .down: scroll = min(scroll + 1, bodyLines - 1)
        case .pageUp: scroll = max(0, scroll - 10)
        case .pageDown: scroll = min(scroll + 10, bodyLines - 1)
        case .character(let character) where phrase == nil:
            return buttons.firstIndex { $0.key == character }.map(press) ?? .open
        default:
            if phrase != nil { _ = typed.handle(key) }
        }
        return .open
    }

    private func press(_ number: Int) -> Outcome {
        isUnlocked ? .chosen(number) : .open
    }

    /// Lines of the body at its usual width.
    private var bodyLines: Int { Paragraph(body).lines(width: Self.width - 4).count }

    /// Columns it takes where there is room.
    static let width = 64
}
