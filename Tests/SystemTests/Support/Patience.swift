/// Looks again and again until something is so.
enum Patience {
    /// How long before a test gives up: far longer than anything takes, also on a busy machine.
    static let limit = Duration.seconds(30)

    /// What `look` gives as soon as it gives something; `nil` when it gave nothing all the time.
    static func wait<Value>(atMost limit: Duration = limit, for look: () async throws -> Value?) async throws -> Value?
    {
        let end = ContinuousClock.now + limit
        while true {
            if let value = try await look() { return value }
            guard ContinuousClock.now < end else { return nil }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
