extension RouterDaemon {
    /// How long a stop waits for moves: they take milliseconds, unless another gateway is silent.
    private static let patience = Duration.seconds(5)
    private static let step = Duration.milliseconds(10)

    /// Waits until no SA is between this gateway and another one, but not for long. A daemon that stops just then leaves the SAs
    /// out of service until it runs again.
    package func finishMoves() async {
        let end = ContinuousClock.now + Self.patience
        while await moves.isAmidMoves, ContinuousClock.now < end, (try? await Task.sleep(for: Self.step)) != nil {}
    }
}
