import IPsec
import LinuxIPsec
import Synchronization
import Testing

@Suite("Virtual addresses", .timeLimit(.minutes(1)))
struct VirtualAddressesTests {
    @Test("they are claimed where nobody answers, and where somebody does they are not")
    func claim() async throws {
        let network = FakeAddressNetwork()
        let addresses = VirtualAddresses(network, clock: Hurry())
        async let first: Void = addresses.claimUnanswered()
        await network.question()?.answer(true)
        try await first
        #expect(!network.isHere)
        async let second: Void = addresses.claimUnanswered()
        await network.question()?.answer(false)
        try await second
        #expect(network.isHere)
    }

    @Test("an SA that goes while it is asked who answers takes the addresses along")
    func gone() async throws {
        let network = FakeAddressNetwork()
        let addresses = VirtualAddresses(network, clock: Hurry())
        async let claim: Void = addresses.claimUnanswered()
        let question = await network.question()
        try await addresses.leave()
        question?.answer(false)
        try await claim
        #expect(!network.isHere)
    }

    @Test("what nobody needs is answered for until another gateway does")
    func ended() async throws {
        let network = FakeAddressNetwork(isHere: true)
        let addresses = VirtualAddresses(network, clock: Hurry())
        await addresses.leaveAnswered()
        await network.question()?.answer(false)
        let second = await network.question()
        #expect(network.isHere)
        second?.answer(true)
        await network.isLeft()
        #expect(!network.isHere)
    }

    @Test("SAs that end while it is asked who answers leave somebody who does, and not for good")
    func endsMeanwhile() async throws {
        let network = FakeAddressNetwork()
        let addresses = VirtualAddresses(network, clock: Hurry())
        async let claim: Void = addresses.claimUnanswered()
        let claiming = await network.question()
        await addresses.leaveAnswered()
        let leaving = await network.question()
        claiming?.answer(false)
        try await claim
        #expect(network.isHere)
        leaving?.answer(true)
        await network.isLeft()
        #expect(!network.isHere)
    }

    @Test("a gateway that cannot leave tries again")
    func fails() async throws {
        let network = FakeAddressNetwork(isHere: true, failures: 1)
        let addresses = VirtualAddresses(network, clock: Hurry())
        await addresses.leaveAnswered()
        for _ in 0..<2 { await network.question()?.answer(true) }
        await network.isLeft()
        #expect(!network.isHere)
    }

    @Test("SAs that come while the addresses of earlier ones are being left have them")
    func comesMeanwhile() async throws {
        let network = FakeAddressNetwork(isHere: true)
        let addresses = VirtualAddresses(network, clock: Hurry())
        // Another gateway answers when it is asked for the sake of the earlier ones, and has left when it is for the later ones.
        await addresses.leaveAnswered()
        let early = await network.question()
        async let claim: Void = addresses.claimUnanswered()
        let late = await network.question()
        early?.answer(true)
        await network.isLeft()
        late?.answer(false)
        try await claim
        #expect(network.isHere)
    }

    @Test("a claim ends the leaving, also of one that was told already that another gateway answers")
    func claimEndsLeaving() async throws {
        let network = FakeAddressNetwork(isHere: true)
        let addresses = VirtualAddresses(network, clock: Hurry())
        await addresses.leaveAnswered()
        let early = await network.question()
        try await addresses.claim()
        early?.answer(true)
        // Asked by nobody but this one: the other task has ended.
        async let claim: Void = addresses.claimUnanswered()
        await network.question()?.answer(false)
        try await claim
        #expect(network.isHere && network.departures == 0)
    }
}

/// A network in which a test says who answers.
private final class FakeAddressNetwork: AddressNetwork {
    /// Whether another machine answers; nobody does for who does not wait any more.
    final class Question: Sendable {
        private let asker: Mutex<CheckedContinuation<Bool, Never>?>

        init(_ asker: CheckedContinuation<Bool, Never>) { self.asker = Mutex(asker) }
        func answer(_ isAnswered: Bool) { asker.withLock { $0.take() }?.resume(returning: isAnswered) }
    }

    let addresses: Set<IPAddress> = [IPAddress(v4: 192, 0, 2, 1)]
    private let questions: AsyncStream<Question>
    private let asking: AsyncStream<Question>.Continuation
    private let leavings: AsyncStream<Void>
    private let leaving: AsyncStream<Void>.Continuation
    private let state: Mutex<(isHere: Bool, departures: Int, failures: Int)>

    /// - Parameter failures: how often it cannot be left.
    init(isHere: Bool = false, failures: Int = 0) {
        state = Mutex((isHere, 0, failures))
        (questions, asking) = AsyncStream.makeStream()
        (leavings, leaving) = AsyncStream.makeStream()
    }

    var isHere: Bool { state.withLock { $0.isHere } }
    var departures: Int { state.withLock { $0.departures } }

    /// The next one that is asked.
    func question() async -> Question? { await questions.first { _ in true } }

    /// Waits until this machine answers no more.
    func isLeft() async { for await _ in leavings { return } }

    func isAnswered() async throws(StackError) -> Bool {
        let question = Mutex<Question?>(nil)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { asker in
                let asked = Question(asker)
                question.withLock { $0 = asked }
                if Task.isCancelled { asked.answer(false) }
                asking.yield(asked)
            }
        } onCancel: {
            question.withLock { $0 }?.answer(false)
        }
    }

    func take() throws(StackError) { state.withLock { $0.isHere = true } }
    func announce() throws(StackError) {}

    func leave() throws(StackError) {
        let isLeft = state.withLock { state in
            state.failures -= 1
            guard state.failures < 0 else { return false }
            state.isHere = false
            state.departures += 1
            return true
        }
        guard isLeft else { throw .system("it cannot be left") }
        leaving.yield()
    }
}

/// A clock by which sleeps last no time.
private struct Hurry: Clock {
    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
    }
}
