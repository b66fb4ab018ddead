import Testing

/// The real programs, run as people run them. One after the other: each has a small network in it.
@Suite("The system", .serialized, .timeLimit(.minutes(5)))
enum SystemTests {}

extension Trait where Self == ConditionTrait {
    /// Only where there is a terminal to run programs in.
    static var inTmux: Self { .enabled(if: Tmux.isInstalled, "tmux is not installed: run .ci/setup") }
}
