extension Role {
    /// What lies under everything.
    package static let background = Role("ui.background")
    /// Plain text.
    package static let text = Role("ui.text")
    /// Text of less weight.
    package static let dim = Role("ui.dim")
    /// Lines and boxes.
    package static let border = Role("ui.border")
    /// The box of the pane that has the keys.
    package static let borderFocus = Role("ui.border.focus")
    /// The title of a pane.
    package static let title = Role("ui.title")
    /// The name of a key in hints and menus.
    package static let key = Role("ui.key")
    /// The selected row of the pane that has the keys.
    package static let selection = Role("ui.selection")
    /// The selected row of another pane.
    package static let selectionInactive = Role("ui.selection.inactive")
    /// The line at the top, and the headings of tables.
    package static let header = Role("ui.header")
    /// The line at the bottom.
    package static let footer = Role("ui.footer")
    /// What lies under a dialog.
    package static let dialog = Role("ui.dialog")
    /// The button of a dialog that Enter would press.
    package static let dialogFocus = Role("ui.dialog.focus")

    /// All is well.
    package static let statusOK = Role("status.ok")
    /// Worth knowing.
    package static let statusInfo = Role("status.info")
    /// Needs a look soon.
    package static let statusWarn = Role("status.warn")
    /// Needs a hand now.
    package static let statusError = Role("status.error")
    /// Nobody knows.
    package static let statusUnknown = Role("status.unknown")
    /// Was so a while ago.
    package static let statusStale = Role("status.stale")

    /// The part of a bar that is done.
    package static let progressDone = Role("progress.done")
    /// The part of a bar that is still to do.
    package static let progressTodo = Role("progress.todo")

    /// The n-th series of a chart, from 1; after the fourth the first comes again.
    package static func graph(_ number: Int) -> Role {
        graphs[(number &- 1) & 3]
    }

    private static let graphs = (1...4).map { Role("graph.\($0)") }
}
