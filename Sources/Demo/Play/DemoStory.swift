/// What a headless run sees while it plays.
struct DemoStory {
    /// Why the scenario was not played to its end.
    enum Problem: Hashable {
        /// A gateway did not take an order.
        case refused(String)
        case failed(String)
    }

    var plan: DemoPlan
    /// Each time that everything that could move has moved.
    var rounds: [DemoRound] = []
    /// How many moves there were in all of them.
    private(set) var moves = 0
    /// The policies before the first move.
    var policies: [DemoReport.HeldPolicy] = []
    var problem: Problem?
    var traffic: [TrafficAccount.Flow] = []
    var replay = CaptureReplay.Outcome()

    init(plan: DemoPlan) { self.plan = plan }
}

extension DemoStory {
    /// Everything that could move has moved: takes in what that took, and how things stand.
    mutating func endRound(_ network: DemoNetwork) async throws {
        let recordings = network.recorder.recordings.map(\.recording)
        let signalling = network.recorder.signalling
        var done: [String: Bool] = [:]
        for recording in recordings.dropFirst(moves) {
            for name in recording.names { done[name] = recording.isRenewal }
        }
        rounds.append(
            DemoRound(
                messages: signalling.messages - rounds.reduce(0) { $0 + $1.messages },
                mobileNodeMessages: signalling.mobileNodeMessages - rounds.reduce(0) { $0 + $1.mobileNodeMessages },
                done: done, associations: try await DemoReport.associations(network, plan, recordings).0,
                policies: try await DemoReport.HeldPolicy.all(in: network)))
        moves = recordings.count
    }
}
