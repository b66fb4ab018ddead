import Testing

/// Suites that open a terminal run one after another: a process has one ncurses.
@Suite("Terminals", .serialized)
enum OneScreen {}
