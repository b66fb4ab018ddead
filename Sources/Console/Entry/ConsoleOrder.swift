import ForwardingPath

/// What a line after `:` asks for.
enum ConsoleOrder: Equatable {
    /// To open a view.
    case open(ViewKind)
    /// The help page.
    case help
    /// To arm the console, or not.
    case arm(Bool)
    /// To freeze the screen, or to go on.
    case freeze
    /// To show only rows with a text.
    case filter(String)
    /// To sort by a column.
    case sort(String)
    /// To plan a move: of those SAs, or of the selected one.
    case move([String], from: String?, to: String?)
    /// To plan a drain of a gateway, to those or to all that can.
    case drain(String, to: [String])
    /// To stop the drain of a gateway.
    case stopDrain(String)
    /// To have a new router set up the new path of a plane.
    case seek(String, Plane)
    /// To decide about a move: of those digits, or the selected one.
    case approve(String?)
    /// To stop a move.
    case abort(String?)
    /// To end.
    case quit
}
