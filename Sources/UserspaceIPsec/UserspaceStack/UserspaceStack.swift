internal import IPPackets
package import IPsec
internal import Synchronization

/// ESP and AH in this process: a packet engine with a socket, a clock and a lock.
///
/// Its SAs live and die with it. It receives while ``run()`` runs; everything else may be called from any thread, and
/// sends at once.
package final class UserspaceStack: Sendable {
    /// Lifetimes and overflows, as they happen; for one consumer.
    package let events: AsyncStream<StackEvent>
    /// Where the socket of its first realm is bound, with the port that the system chose.
    package var endpoint: WireEndpoint { first.endpoint }

    /// Where the socket of a realm is bound; `nil` for a realm that the node is not in.
    package func endpoint(in realm: Realm) -> WireEndpoint? { sockets[realm]?.endpoint }

    let sockets: [Realm: WireSocket]
    private let first: WireSocket
    let deadlines: AsyncStream<Duration>
    private let configuration: StackConfiguration
    private let guarded: Mutex<GuardedEngine>
    private let eventSink: AsyncStream<StackEvent>.Continuation
    private let deadlineSink: AsyncStream<Duration>.Continuation
    private let start = ContinuousClock.now

    /// A stack whose socket is bound.
    package init(_ configuration: StackConfiguration) throws(StackError) {
        self.configuration = configuration
        first = try WireSocket(bindingTo: configuration.endpoint)
        var sockets = [configuration.realms.first ?? .default: first]
        for realm in configuration.realms.dropFirst() {
            do throws(StackError) {
                let anyPort = WireEndpoint(address: configuration.endpoint.address, port: 0)
                sockets[realm] = try WireSocket(bindingTo: anyPort)
            } catch {
                for socket in sockets.values { socket.close() }
                throw error
            }
        }
        self.sockets = sockets
        guarded = Mutex(GuardedEngine(engine: PacketEngine(configuration.engine)))
        (events, eventSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100_000))
        (deadlines, deadlineSink) = AsyncStream.makeStream()
    }

    deinit {
        close()
        deadlineSink.finish()
    }

    /// Sends a packet that the local host made: a whole IP packet. Does nothing once ``run()`` has ended.
    package func send(_ packet: [UInt8], realm: Realm = .default) {
        process { $0.send(packet, realm: realm, now: $1) }
    }

    /// Makes a virtual address local.
    package func claim(_ address: ScopedAddress) { guarded.withLock { $0.engine.claim(address) } }

    /// Stops answering for a virtual address.
    package func release(_ address: ScopedAddress) { guarded.withLock { $0.engine.release(address) } }

    /// Sets the other gateways, whose IP tunnels are unpacked.
    package func setPeers(_ addresses: Set<ScopedAddress>) { guarded.withLock { $0.engine.setPeers(addresses) } }

    /// Makes these the operator's policies that use no SA, in their order; users' policies stay. Throws, and changes
    /// nothing, when a name is in use.
    package func setStaticPolicies(_ policies: [Policy]) throws(StackError) {
        try withEngine { engine, _ throws(StackError) in try engine.setStaticPolicies(policies) }
    }

    /// What the virtual wire itself lost.
    package var wireCounters: WireCounters { guarded.withLock { $0.wire } }

    /// Packets that wait for SAs to be installed.
    package var heldCount: Int { guarded.withLock { $0.engine.heldCount } }

    /// Since the stack was made: the time that its engine goes by.
    var now: Duration { start.duration(to: .now) }

    /// The instant of the stack's clock at which its engine reads `time`.
    func instant(_ time: Duration) -> ContinuousClock.Instant { start + time }

    /// Reads the engine, or changes it in a way that sends nothing.
    func withEngine<Result: Sendable>(
        _ body: (inout PacketEngine, Duration) throws(StackError) -> Result
    ) throws(StackError) -> Result {
        try guarded.withLock { guarded throws(StackError) in try body(&guarded.engine, now) }
    }

    /// Changes the engine and carries out what comes of it. Packets are sent under the lock, so that they leave in
    /// the order of their numbers; what calls into the owner's code waits until the lock is free again.
    func process(_ body: (inout PacketEngine, Duration) throws(StackError) -> [EngineOutput]) rethrows {
        let outputs = try guarded.withLock { guarded in
            let outputs = try body(&guarded.engine, now)
            for case .transmit(let packet, let realm) in outputs { transmit(packet, realm, &guarded) }
            arm(&guarded)
            return outputs
        }
        for output in outputs {
            switch output {
            case .transmit(let packet, let realm): configuration.tap?(.sent, packet, realm)
            case .deliver(let packet, _): configuration.onDelivery(packet)
            case .event(let event): eventSink.yield(event)
            }
        }
    }

    /// Takes a packet that the socket of a realm received.
    func receive(_ packet: [UInt8], in realm: Realm) {
        configuration.tap?(.received, packet, realm)
        process { $0.receive(packet, realm: realm, now: $1) }
    }

    /// Does what lifetimes in seconds ask for now.
    func expire() {
        process { engine, now in
            engine.expire(now: now)
        }
    }

    /// Marks the start of ``run()``; `false` when it was called before.
    func begin() -> Bool {
        guarded.withLock { guarded in
            defer { guarded.isRunning = true }
            return !guarded.isRunning
        }
    }

    /// Gives the socket back; from then on nothing is sent.
    func close() {
        guarded.withLock { guarded in
            if !guarded.isClosed { for socket in sockets.values { socket.close() } }
            guarded.isClosed = true
        }
        eventSink.finish()
    }

    private func transmit(_ packet: [UInt8], _ realm: Realm, _ guarded: inout GuardedEngine) {
        guard let destination = Self.destination(packet), let socket = sockets[realm],
            let endpoint = configuration.routes(realm, destination)
        else {
            guarded.wire.unroutable += 1
            return
        }
        let isSent = !guarded.isClosed && socket.send(packet, to: endpoint)
        if !isSent { guarded.wire.unsent += 1 }
    }

    /// Has ``run()`` wake up when the next lifetime ends, if it would not already.
    private func arm(_ guarded: inout GuardedEngine) {
        guard let deadline = guarded.engine.nextDeadline else { return }
        if let armed = guarded.armed, armed > now, armed <= deadline { return }
        // A sleep of centuries would not fit the clock; waking once a year for nothing does no harm.
        let wakeUp = min(deadline, now + .seconds(365 * 86_400))
        guarded.armed = wakeUp
        deadlineSink.yield(wakeUp)
    }

    /// Of a packet that the engine made, and so is whole.
    private static func destination(_ packet: [UInt8]) -> IPAddress? {
        packet.first.map { $0 >> 4 == 4 ? packet.address(.v4, at: 16) : packet.address(.v6, at: 24) }
    }
}
