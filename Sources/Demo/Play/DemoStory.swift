/// What a headless run sees while it plays.
struct DemoStory {
    /// Why the scenario was not played to its end.
    enum Problem: Hashable {
        /// A gateway did not take an order.
        case refused(String)
        case failed(String)
    }

    var plan: DemoPlan
    /// How often everything that could move has moved.
    var rounds = 0
    var problem: Problem?
    var traffic: [TrafficAccount.Flow] = []
    var replay = CaptureReplay.Outcome()

    init(plan: DemoPlan) { self.plan = plan }
}
