/// All that can happen while a program is on a screen, in the order in which it does.
enum SessionEvent<Message: Sendable>: Sendable {
    /// Something was typed.
    case typed
    /// A signal came.
    case signal(Int32)
    /// News for the program.
    case news(Message)
    /// The time of a planned frame has come.
    case frameDue
}
