import ContextTransfer
import Gateway
import IPsec
import LinuxIPsec
import StrongSwan

/// The strongSwan beside the daemon: what it calls its SAs, which of them it renews and ends, also when they have moved away,
/// and what it can be asked for.
struct Charon: Sendable {
    let strongSwan: StrongSwan
    let gate: CaptureGate
    /// Those by which users know this gateway, wherever they are.
    let addresses: VirtualAddresses
    private let stack: LinuxStack
    private let ownRequestIDs: ClosedRange<UInt32>
    private let words: AsyncStream<IKEWord>
    private let telling: AsyncStream<IKEWord>.Continuation
    private let newcomers: AsyncStream<KernelArrival.Newcomer>
    private let coming: AsyncStream<KernelArrival.Newcomer>.Continuation

    /// How long charon keeps the inbound half of an SA that it renewed, for what is under way (`delete_rekeyed_delay`).
    private static let lingering = Duration.seconds(5)
    /// How often charon is asked about an SA that it has added and does not list yet, and how long after each.
    private static let patience = (attempts: 10, pause: Duration.milliseconds(20))
    /// How long a user has to answer charon.
    static let negotiation = Duration.seconds(20)

    /// - Parameter ownRequestIDs: those of SAs that Ferry installs, which are not charon's doing.
    init(
        _ strongSwan: StrongSwan, stack: LinuxStack, gate: CaptureGate, addresses: VirtualAddresses,
        ownRequestIDs: ClosedRange<UInt32>
    ) {
        (self.strongSwan, self.stack, self.gate, self.addresses) = (strongSwan, stack, gate, addresses)
        self.ownRequestIDs = ownRequestIDs
        (words, telling) = AsyncStream.makeStream()
        (newcomers, coming) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(100_000))
    }

    /// What the router daemon knows it as.
    var daemon: IKEDaemon {
        IKEDaemon(
            words: words, renew: { identifiers async throws(IKERefusal) in try await renew(identifiers) },
            negotiate: { child async throws(IKERefusal) in try await negotiate(child) },
            users: { () async throws(IKERefusal) in try await users() },
            end: { user async throws(IKERefusal) in try await end(user) },
            takeMessages: { gate.endRelay() },
            isElsewhere: { address in addresses.contains(address) ? await addresses.areAnswered() : false })
    }

    /// Follows what charon does until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await strongSwan.run() }
            group.addTask {
                for await newcomer in newcomers {
                    if let word = await word(of: newcomer.identifier) { telling.yield(word) }
                }
            }
            for await event in strongSwan.events {
                if event.bringsNames { await takeNames() }
                switch event {
                case .childRekeyed(let ike, let old, let new):
                    telling.yield(.renewed(Self.successions(ike, old, new)))
                    group.addTask {
                        guard (try? await Task.sleep(for: Self.lingering)) != nil else { return }
                        telling.yield(.ended(ike.halves(of: old).map(\.1)))
                    }
                case .childDown(let ike):
                    telling.yield(.ended(ike.children.flatMap { ike.halves(of: $0).map(\.1) }))
                case .connected: gate.shareRelay(true)
                case .disconnected: gate.shareRelay(false)
                case .ikeUp, .ikeDown, .ikeRekeyed, .childUp, .unreadable, .missed: break
                }
            }
        }
    }

    /// An SA came to the kernel: where it is charon's, it may be in the place of one that has moved away. Charon tells so
    /// itself, but late.
    func came(_ newcomer: KernelArrival.Newcomer) {
        if !ownRequestIDs.contains(newcomer.requestID) { coming.yield(newcomer) }
    }

    /// Whether a new SA is in the place of others, or of none; `nil` where it is none of charon's.
    private func word(of identifier: SAIdentifier) async -> IKEWord? {
        for _ in 0..<Self.patience.attempts {
            if let associations = await takeNames(), associations.child(with: identifier) != nil {
                let predecessors = associations.predecessors(of: identifier)
                return predecessors.isEmpty
                    ? .began([identifier]) : .renewed(predecessors.map { Succession(new: identifier, old: $0) })
            }
            guard (try? await Task.sleep(for: Self.patience.pause)) != nil else { return nil }
        }
        return nil
    }

    /// Where charon does not answer the names stay as they were: the next event asks again.
    @discardableResult
    private func takeNames() async -> [IKEAssociation]? {
        guard let associations = try? await strongSwan.associations() else { return nil }
        // Many users may share a child's name, and one of them has two of it for a while after a rekey.
        await stack.name(
            AssociationNames(associations).all.mapValues {
                LinuxStack.Label(name: "\($0.name)-\($0.child.number)", user: $0.user, requestID: $0.requestID)
            })
        return associations
    }

    private static func successions(
        _ ike: IKEAssociation, _ old: ChildAssociation, _ new: ChildAssociation
    ) -> [Succession] {
        let earlier = ike.halves(of: old)
        return ike.halves(of: new).compactMap { direction, identifier in
            earlier.first { $0.0 == direction }.map { Succession(new: identifier, old: $0.1) }
        }
    }
}

extension StrongSwanEvent {
    /// Whether SAs may be called otherwise than before.
    fileprivate var bringsNames: Bool {
        switch self {
        case .connected, .childUp, .childRekeyed, .ikeUp, .ikeRekeyed, .missed, .unreadable: true
        case .disconnected, .ikeDown, .childDown: false
        }
    }
}
