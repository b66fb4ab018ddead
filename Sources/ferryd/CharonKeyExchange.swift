import IPsec
import LinuxIPsec
import StrongSwan

/// strongSwan as key management: what ended is negotiated anew by charon, which puts the new SAs into the kernel by itself. What
/// charon has is renewed; what it has lost it negotiates as it is configured for it.
struct CharonKeyExchange: KeyExchange {
    let events: AsyncStream<KeyExchangeEvent>
    let isIKE = true
    private let telling: AsyncStream<KeyExchangeEvent>.Continuation
    private let charon: Charon
    private let addresses: VirtualAddresses

    /// How often charon is asked whether new SAs are there, and how long after each.
    private static let patience = (attempts: 100, pause: Duration.milliseconds(200))

    init(_ charon: Charon, addresses: VirtualAddresses) {
        (self.charon, self.addresses) = (charon, addresses)
        (events, telling) = AsyncStream.makeStream()
    }

    func run() async {
        let (nothing, _) = AsyncStream.makeStream(of: Never.self)
        for await _ in nothing {}
    }

    func renew(_ order: RenewalOrder) async throws(KeyExchangeFailure) -> [Renewal] {
        let old = try await associations()
        let children = try await children(of: order, old)
        // Where the SAs ended for want of an answer, their user's reaches this gateway.
        if !order.areHere { try? await addresses.claim() }
        for (child, present) in children {
            do throws(ViciFailure) {
                if let present {
                    if present.state == .installed { try await charon.strongSwan.rekey(child: present.id) }
                } else {
                    try await charon.strongSwan.initiate(
                        child: child.name, of: child.connection, within: Charon.negotiation)
                }
            } catch { throw KeyExchangeFailure(error) }
        }
        for _ in 0..<Self.patience.attempts {
            if let renewals = Self.renewals(order, old, try await associations()) {
                telling.yield(.renewed(renewals, with: order.peer))
                telling.yield(.ended(order.associations.map(\.replaces)))
                return renewals
            }
            do { try await Task.sleep(for: Self.patience.pause) } catch { throw .abandoned }
        }
        throw .noAnswer
    }

    private func associations() async throws(KeyExchangeFailure) -> [IKEAssociation] {
        do throws(ViciFailure) { return try await charon.strongSwan.associations() } catch {
            throw KeyExchangeFailure(error)
        }
    }

    /// The children that the SAs of an order are halves of, each once, and what charon has of them.
    private func children(
        of order: RenewalOrder, _ present: [IKEAssociation]
    ) async throws(KeyExchangeFailure) -> [ChildName: ChildAssociation?] {
        var children: [ChildName: ChildAssociation?] = [:]
        var lost: [AssociationTemplate] = []
        for template in order.associations {
            if let (ike, child) = present.child(with: template.replaces) {
                children[ChildName(connection: ike.name, name: child.name)] = .some(child)
            } else {
                lost.append(template)
            }
        }
        guard !lost.isEmpty else { return children }
        let configured: [ConfiguredConnection]
        do throws(ViciFailure) { configured = try await charon.strongSwan.connections() } catch {
            throw KeyExchangeFailure(error)
        }
        for template in lost {
            guard let child = ChildName(template, among: configured) else { throw .noAssociation }
            if children[child] == nil { children[child] = .some(nil) }
        }
        return children
    }

    /// What took the place of an order's SAs; `nil` while something is missing.
    private static func renewals(
        _ order: RenewalOrder, _ old: [IKEAssociation], _ new: [IKEAssociation]
    ) -> [Renewal]? {
        let known = Set(old.flatMap(\.children).map(\.id))
        var renewals: [Renewal] = []
        for template in order.associations {
            let name = old.child(with: template.replaces)?.child.name
            let successor = new.lazy.flatMap { ike in ike.children.map { (ike, $0) } }.first { _, child in
                !known.contains(child.id) && child.state == .installed
                    && (child.name == name || name == nil && template.name.hasPrefix("\(child.name)-"))
            }
            guard let (ike, child) = successor,
                let half = ike.halves(of: child).first(where: { $0.0 == template.direction })
            else { return nil }
            renewals.append(
                Renewal(
                    name: template.name, direction: template.direction, old: template.replaces, new: half.1,
                    suite: template.suite))
        }
        return renewals
    }
}

/// A child of charon's configuration.
struct ChildName: Hashable {
    let connection: String
    let name: String

    init(connection: String, name: String) { (self.connection, self.name) = (connection, name) }

    /// The child that an SA was a half of, by its name and its other end; `nil` where it is none, or could be several.
    init?(_ template: AssociationTemplate, among connections: [ConfiguredConnection]) {
        let peer = (template.direction == .inbound ? template.source : template.replaces.destination).description
        let half = template.direction == .inbound ? "in" : "out"
        let found = connections.flatMap { connection -> [ChildName] in
            guard connection.remoteAddresses.contains(peer) else { return [] }
            return connection.children.filter { template.name.hasPrefix("\($0.name)-\(half)") }.map {
                ChildName(connection: connection.name, name: $0.name)
            }
        }
        guard found.count == 1, let child = found.first else { return nil }
        self = child
    }
}

extension KeyExchangeFailure {
    /// Charon says in its own words why not: it is tried again.
    fileprivate init(_ failure: ViciFailure) {
        self =
            switch failure {
            case .timedOut, .refused, .unreachable, .closed, .broken, .malformed, .unexpected, .unreadable: .noAnswer
            case .unknownCommand, .unknownEvent: .notAllowed
            case .cancelled: .abandoned
            }
    }
}
