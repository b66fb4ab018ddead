internal import Glibc
package import IPsec

/// The Linux kernel's SAD and SPD.
///
/// The kernel is the vault: what this process knows beside it are names. An SA that is out of service is there in a parked
/// form that no packet matches, so that a daemon that was restarted can put it back or end it.
package actor LinuxStack: IPsecStack {
    package nonisolated let events: AsyncStream<StackEvent>
    let telling: AsyncStream<StackEvent>.Continuation
    let database: XfrmDatabase
    private let monitor: XfrmMonitor
    /// What was read last; `nil` where that may not be so any more.
    var reading: KernelReading?
    /// When everything was read last because notifications were lost.
    private var lastRecovery = ContinuousClock.now
    let gate: any PacketGate
    let addresses: VirtualAddresses?
    let settings: LinuxStackSettings
    let encapsulation = EncapsulationSockets()
    var known = KernelAssociations()
    var nextRequestID: UInt32
    /// What the kernel was found to have; `nil` before it was asked.
    var suites: Set<AlgorithmSuite>?
    /// Which SAs here those that are to come take the place of.
    var predecessors: [SAIdentifier: SAIdentifier] = [:]
    /// What is being taken out of service, which waits for packets meanwhile.
    var leaving: Set<SAIdentifier> = []
    /// Policies that are looser for a while, as they were before.
    var tight: [KernelPolicies.Place: XfrmPolicy] = [:]

    /// Throws where the kernel has no XFRM, or the process may not change it.
    ///
    /// - Parameter addresses: those that go with the last SA, and come back with the first.
    package init(
        _ settings: LinuxStackSettings, gate: any PacketGate, addresses: VirtualAddresses? = nil
    ) throws(NetlinkError) {
        (self.settings, self.gate, self.addresses) = (settings, gate, addresses)
        database = try XfrmDatabase()
        monitor = try XfrmMonitor(bufferOctets: settings.notificationOctets)
        (events, telling) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100_000))
        let states = try database.states()
        encapsulation.open(for: states, addresses: settings.addresses)
        let used =
            try states.map(\.requestID) + database.policies().flatMap { $0.templates.map(\.requestID) }
        nextRequestID = (used.filter(settings.requestIDs.contains).max() ?? settings.requestIDs.lowerBound) &+ 1
    }

    /// A person's word for an SA, and whose it is.
    package struct Label: Hashable, Sendable {
        package var name: String
        package var user: String
        /// By which key management's policies name it, where it is key management's.
        package var requestID: UInt32?

        package init(name: String, user: String, requestID: UInt32? = nil) {
            (self.name, self.user, self.requestID) = (name, user, requestID)
        }
    }

    /// Takes in what key management calls its SAs. One that came with a move has the name that it had before.
    package func name(_ labels: [SAIdentifier: Label]) { known.negotiated = labels }

    /// Hears what others do and tells of lifetimes, until the task is cancelled.
    package func run() async throws {
        let monitor = monitor
        let (told, telling) = AsyncStream.makeStream(
            of: (event: XfrmEvent, time: ContinuousClock.Instant).self, bufferingPolicy: .bufferingNewest(100_000))
        await withDiscardingTaskGroup { group in
            group.addTask {
                await OwnThread.run { isOver in monitor.read(until: isOver) { telling.yield(($0, .now)) } }
                telling.finish()
            }
            group.addTask { for await (event, time) in told { await self.take(event, at: time) } }
        }
        self.telling.finish()
    }

    private func take(_ event: XfrmEvent, at time: ContinuousClock.Instant) {
        switch event {
        // With the keys of SAs that may be gone.
        case .changed: reading = nil
        case .acquire(let wanted):
            telling.yield(.wanted(source: wanted.source, destination: wanted.destination))
        case .expired(let state, let isHard):
            reading = nil
            guard state.mark != KernelView.parkedMark, let identifier = SAIdentifier(state) else { return }
            if isHard {
                known.forget(identifier)
                telling.yield(.ended(identifier, .hardLifetime))
            } else if known.isDying(identifier) {
                telling.yield(.softLifetimeReached(identifier))
            }
        // What was read since then has it all.
        case .overrun: if time > lastRecovery { readAgain() }
        }
    }

    /// Notifications were lost: what they told is found by reading everything.
    private func readAgain() {
        (reading, lastRecovery) = (nil, .now)
        guard let view = try? freshView() else { return }
        let now = KernelTime.now.seconds
        for found in view.associations where !found.isParked && found.state.softLifetimeIsReached(now: now) {
            if known.isDying(found.identifier) { telling.yield(.softLifetimeReached(found.identifier)) }
        }
        for identifier in known.ended(view, now: now) {
            known.forget(identifier)
            telling.yield(.ended(identifier, .hardLifetime))
        }
        known.take(view, now: now)
    }

    /// Everything, as the kernel has it now.
    func freshView() throws(NetlinkError) -> KernelView { try read().view }

    /// Everything, as it is where nothing was heard of since, and else as the kernel has it now.
    ///
    /// - Parameter withCounters: whether what changes with packets has to be rather new.
    func look(withCounters: Bool) throws(NetlinkError) -> KernelReading {
        let hasNews = monitor.takeNews()
        if !hasNews, let reading, !withCounters || reading.isRecent { return reading }
        reading = nil
        let new = try read()
        known.take(new.view, now: KernelTime.now.seconds)
        reading = new
        return new
    }

    func read() throws(NetlinkError) -> KernelReading {
        let start = ContinuousClock.now
        let policies = try database.policies()
        let view = KernelView(states: try database.states(), policies: policies, addresses: settings.addresses)
        return KernelReading(view: view, policies: policies, time: start, cost: .now - start)
    }
}
