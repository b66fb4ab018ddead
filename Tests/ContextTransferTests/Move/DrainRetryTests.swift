import ContextTransfer
import ForwardingPath
import Testing

@Suite("What a drain tries again")
struct DrainRetryTests {
    @Test(
        "the reason says whether the same is tried later, or another gateway, or nothing",
        arguments: [
            (.busy, .later), (.timeout(.source), .later), (.restarted(.source), .later), (.unknownMove, .later),
            (.restarted(.taker), .later), (.timeout(.taker), .elsewhere), (.timeout(.target), .elsewhere),
            (.noCapacity, .elsewhere), (.unsupported("aes"), .elsewhere), (.policyInUse("10.0.0.0/8"), .elsewhere),
            (.failure("no answer"), .elsewhere),
            (.aborted(by: "alice"), nil), (.notApproved(by: "alice"), nil), (.associationChanged, nil),
            (.groupFailed, nil),
        ] as [(MoveReason, DrainRetry?)])
    func reasons(reason: MoveReason, retry: DrainRetry?) {
        #expect(MoveOutcome.stayed(reason).retry == retry)
    }

    @Test("a gateway that refused is known, and what is in the way is waited for so often and no more")
    func attempts() {
        var attempts = DrainAttempts()
        #expect(attempts.next(after: .refused(.noCapacity), to: "SG2") == .elsewhere)
        #expect(attempts.next(after: .refused(.busy), to: "SG3") == .later)
        #expect(attempts.refusedBy == ["SG2"])
        for _ in 1..<DrainAttempts.longestWait { #expect(attempts.next(after: .refused(.busy), to: "SG3") == .later) }
        #expect(attempts.next(after: .refused(.busy), to: "SG3") == nil)
        #expect(attempts.next(after: .completed, to: "SG3") == nil)
    }

    @Test("SAs that moved or ended are not tried again, whatever the reason")
    func gone() {
        #expect(MoveOutcome.completed.retry == nil)
        #expect(MoveOutcome.ended(.timeout(.source)).retry == nil)
    }
}
