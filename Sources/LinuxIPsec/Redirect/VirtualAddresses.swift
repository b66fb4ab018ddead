package import IPsec

/// When this gateway answers for the addresses that move with SAs: one is to at any time, the one that has the SAs, or the one
/// whose key management is asked for them.
package actor VirtualAddresses {
    private let network: any AddressNetwork
    private let addresses: Set<IPAddress>
    private let clock: any Clock<Duration>
    private var announcing: Task<Void, Never>?
    private var reclaiming: Task<Void, Never>?
    private var retreating: Task<Void, Never>?
    /// How often they went where the SAs went, and how often nothing here needed them any more and they went nowhere.
    private var (departures, retreats) = (0, 0)
    private var asked: (answer: Task<Bool, Never>, time: ContinuousClock.Instant)?
    private static let patience = Duration.seconds(1)
    private static let moment = Duration.milliseconds(250)
    /// How long after it looked whether another gateway answers for what is of no use here it looks again: twice as long each
    /// time, up to the second.
    private static let watchfulness = (first: Duration.milliseconds(400), longest: Duration.seconds(30))

    /// When an address is announced, after it was claimed: a neighbour may not have heard, or not believe so early a change.
    private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(400), .milliseconds(700), .seconds(1)]

    /// Those of a network, answered for as they are now.
    package init(_ network: some AddressNetwork, clock: any Clock<Duration> = ContinuousClock()) {
        (self.network, addresses, self.clock) = (network, network.addresses, clock)
    }

    /// Whether an address is one of these.
    package nonisolated func contains(_ address: IPAddress) -> Bool { addresses.contains(address) }

    /// Answers from now on for those that no other gateway answers for, and tells all neighbours so. One that has SAs at such an
    /// address answers for it until its last SA has gone, and passes on what is for the others.
    /// Throws where it cannot be found out.
    package func claimUnanswered() async throws(StackError) {
        let before = (departures, retreats)
        // The SAs may have gone on meanwhile.
        guard try await !network.isAnswered(), departures == before.0 else { return }
        try answer()
        reclaiming?.cancel()
        // Where they ended meanwhile somebody has to answer all the same, and not for good.
        if retreats == before.1 { retreating?.cancel() }
    }

    /// Whether another gateway answers for one of them, or did a moment ago: many may ask at once.
    package func areAnswered() async -> Bool {
        if let asked, asked.time.duration(to: .now) < Self.moment { return await asked.answer.value }
        let answer = Task { [network] in (try? await network.isAnswered()) ?? false }
        asked = (answer, .now)
        return await answer.value
    }

    /// The same as ``claimUnanswered()``, as soon as it can be found out.
    func reclaim() {
        reclaiming?.cancel()
        reclaiming = Task { [self] in
            while !Task.isCancelled {
                if (try? await claimUnanswered()) != nil { return }
                try? await clock.sleep(for: Self.patience)
            }
        }
    }

    /// Answers for them from now on, and tells all neighbours so.
    package func claim() throws(StackError) {
        try answer()
        reclaiming?.cancel()
        retreating?.cancel()
    }

    /// Nothing here needs them any more: leaves them as soon as another gateway answers for one too, which has their traffic then.
    /// Until then somebody has to answer, since key management is found by them.
    package func leaveAnswered() {
        retreats += 1
        retreating?.cancel()
        retreating = Task { [self] in
            var pause = Self.watchfulness.first
            while !Task.isCancelled {
                let isAnswered = (try? await network.isAnswered()) ?? false
                guard !Task.isCancelled else { return }
                if isAnswered, (try? withdraw()) != nil { return }
                try? await clock.sleep(for: pause)
                pause = min(pause * 2, Self.watchfulness.longest)
            }
        }
    }

    /// Nothing here needs them any more, and they go where the SAs go: answers for them no more.
    package func leave() throws(StackError) {
        departures += 1
        reclaiming?.cancel()
        retreating?.cancel()
        try withdraw()
    }

    private func answer() throws(StackError) {
        announcing?.cancel()
        try network.take()
        announcing = Task { [self] in
            for pause in Self.pauses {
                try? await clock.sleep(for: pause)
                guard !Task.isCancelled else { return }
                try? network.announce()
            }
        }
        try network.announce()
    }

    /// Who is about to claim them for what has come since goes on.
    private func withdraw() throws(StackError) {
        announcing?.cancel()
        try network.leave()
    }
}
