/// How long the parties of a move wait.
package struct MoveTiming: Hashable, Sendable {
    /// Between a request and its repetition.
    package var retry = Duration.milliseconds(500)
    /// The number of requests without an answer after which a party gives up what it still may.
    package var attempts = 10
    /// How long the taker holds contexts that nobody installs.
    package var preparedLimit = Duration.seconds(60)

    package init() {}

    /// How long a new router keeps a move of which nobody speaks: as long as a holder waits to be asked for its SAs.
    package var silenceLimit: Duration { preparedLimit * 4 }
    /// Without an answer for that long the holder ends its SAs (DESIGN section 4): 5 seconds.
    package var holderLimit: Duration { retry * attempts }
}
