/// The kernel's SAD and SPD as they were at one time, with the keys of the SAs: not to be kept once an SA is gone.
struct KernelReading {
    let view: KernelView
    let policies: [XfrmPolicy]
    let time: ContinuousClock.Instant
    /// How long it took.
    let cost: Duration

    /// It is read again after so many times as long as that took, so that looking takes a tenth of the time at the most.
    private static let patience = 10

    /// Whether its counters are still worth being shown.
    var isRecent: Bool { ContinuousClock.now - time < cost * Self.patience }
}
