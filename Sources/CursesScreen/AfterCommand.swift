package import Terminal

/// What a session does after a command of its program was carried out.
package enum AfterCommand: Hashable, Sendable {
    /// Go on.
    case goOn
    /// Use another theme from now on.
    case use(Theme)
    /// End; the process is to exit with this status.
    case quit(status: Int32)
}
