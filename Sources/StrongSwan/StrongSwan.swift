/// The strongSwan beside a daemon: what it negotiated, what happens in it, and what can be asked of it.
package struct StrongSwan: Sendable {
    /// How long charon may take to answer what it knows without asking anybody.
    package static let usualLimit = Duration.seconds(10)
    /// How long it waits between attempts to reach charon.
    package static let pause = Duration.seconds(1)
    /// How many events wait for who reads them; then the oldest are dropped, and ``StrongSwanEvent/missed`` says so.
    package static let eventLimit = 10_000

    /// What happens, while ``run()`` runs; for one reader.
    package let events: AsyncStream<StrongSwanEvent>

    private let feeding: AsyncStream<StrongSwanEvent>.Continuation
    private let client: ViciClient
    private let clock: any Clock<Duration>

    /// The charon that listens at that socket.
    package init(path: String = ViciClient.usualPath, clock: any Clock<Duration> = ContinuousClock()) {
        (events, feeding) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.eventLimit))
        client = ViciClient(path: path, clock: clock)
        self.clock = clock
    }

    /// Which daemon it is.
    package func version(within limit: Duration = usualLimit) async throws(ViciFailure) -> StrongSwanVersion {
        let answer = try await client.request("version", within: limit)
        return try readable { () throws(ReadingError) in try StrongSwanVersion(answer) }
    }

    /// The IKE SAs with their child SAs, half-open ones too. An SA that is busy is waited for.
    package func associations(within limit: Duration = usualLimit) async throws(ViciFailure) -> [IKEAssociation] {
        try await client.list("list-sas", parts: "list-sa", within: limit) { part throws(ViciFailure) in
            try readable { () throws(ReadingError) in try IKEAssociation.all(in: part) }
        }.flatMap(\.self)
    }

    /// What charon is configured to negotiate.
    package func connections(within limit: Duration = usualLimit) async throws(ViciFailure) -> [ConfiguredConnection] {
        try await client.list("list-conns", parts: "list-conn", within: limit) { part throws(ViciFailure) in
            part.sections.map { ConfiguredConnection(name: $0.name, section: $0.section) }
        }.flatMap(\.self)
    }

    /// Has charon negotiate a new child SA in that one's place. It returns when charon has begun;
    /// ``StrongSwanEvent/childRekeyed(_:old:new:)`` tells when it is done.
    package func rekey(child: ChildAssociation.ID, within limit: Duration = usualLimit) async throws(ViciFailure) {
        try await order("rekey", ["child-id": "\(child.number)"], within: limit)
    }

    /// Has charon negotiate a new IKE SA in that one's place; as with a child SA, it returns when charon has begun.
    package func rekey(ike: IKEAssociation.ID, within limit: Duration = usualLimit) async throws(ViciFailure) {
        try await order("rekey", ["ike-id": "\(ike.number)"], within: limit)
    }

    /// Ends a child SA, and returns when the far end has agreed.
    package func terminate(child: ChildAssociation.ID, within limit: Duration) async throws(ViciFailure) {
        try await wait("terminate", ["child-id": "\(child.number)"], within: limit)
    }

    /// Ends an IKE SA with its child SAs, and returns when the far end has agreed; `force` does not wait for it, as
    /// where the far end is gone. Charon has no such force for a child SA.
    package func terminate(ike: IKEAssociation.ID, force: Bool, within limit: Duration) async throws(ViciFailure) {
        let message: ViciMessage = ["ike-id": "\(ike.number)"]
        if force {
            try await order("terminate", message.adding("force", "yes"), within: limit)
        } else {
            try await wait("terminate", message, within: limit)
        }
    }

    /// Negotiates a child of the configuration, with an IKE SA where there is none, and returns when it is installed;
    /// `ike` names the connection where several have a child of that name.
    package func initiate(
        child: String, of ike: String? = nil, within limit: Duration
    ) async throws(ViciFailure) {
        let message: ViciMessage = ["child": child]
        try await wait("initiate", ike.map { message.adding("ike", $0) } ?? message, within: limit)
    }

    /// Keeps a connection for events, and opens another when charon restarts. Runs until cancelled.
    package func run() async {
        var last: ViciFailure?
        while !Task.isCancelled {
            let wasThere = Mark()
            do throws(ViciFailure) {
                let (first, others) = StrongSwanEvent.names
                try await client.listen(to: first, others, within: Self.usualLimit) {
                    await wasThere.set()
                    tell(.connected(try? await version()))
                } hear: { name, message in
                    if let event = StrongSwanEvent(name, message) { tell(event) }
                }
            } catch {
                guard !Task.isCancelled else { break }
                // That it is away is told once, not every second.
                if await wasThere.isSet || error != last { tell(.disconnected(error)) }
                last = error
            }
            try? await clock.sleep(for: Self.pause)
        }
        feeding.finish()
    }

    private func tell(_ event: StrongSwanEvent) {
        if case .dropped = feeding.yield(event) { feeding.yield(.missed) }
    }

    /// Asks for something that charon does at once, and has to say yes to.
    private func order(_ command: String, _ message: ViciMessage, within limit: Duration) async throws(ViciFailure) {
        let answer = try await client.request(command, message, within: limit)
        guard answer.text("success") != nil else {
            throw .unreadable(.missing("success", in: "the answer to \(command)"))
        }
    }

    /// Asks for something that takes the far end's answer: charon is told how long to wait, and says itself that it was
    /// too long.
    private func wait(_ command: String, _ message: ViciMessage, within limit: Duration) async throws(ViciFailure) {
        // 0 would be for ever.
        let milliseconds = Int32(min(max(1, limit / .milliseconds(1)), Double(Int32.max)))
        let message = message.adding("timeout", "\(milliseconds)")
        try await order(command, message, within: limit + Self.usualLimit)
    }
}

/// What `body` reads, with what it cannot read as a failure.
private func readable<Value>(_ body: () throws(ReadingError) -> Value) throws(ViciFailure) -> Value {
    do throws(ReadingError) { return try body() } catch { throw .unreadable(error) }
}

extension ViciMessage {
    /// The message with one more value at its end.
    fileprivate func adding(_ name: String, _ text: String) -> ViciMessage {
        ViciMessage(elements + [ViciElement(name, .value(Array(text.utf8)))])
    }
}
