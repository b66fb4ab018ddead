import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// What other routers say of SAs that moved between them and this one.
extension Successions {
    /// Carries out what a router asks for, and gives the answer.
    func answer(to content: RenewalMessage.Content, of peer: NodeName) async -> RenewalMessage.Content {
        do {
            switch content {
            case .succession(let successions): return try await take(successions, of: peer)
            case .ended(let identifiers): try await end(identifiers, of: peer)
            case .renew(let identifiers): try await renew(identifiers, for: peer)
            case .takeOver(let children): try await negotiate(children, for: peer)
            case .left: await environment.ike?.takeMessages()
            case .survey, .surveyed, .order, .ready, .forwarding, .renewed, .refused, .done: break
            }
            return .done
        } catch let refusal as IKERefusal {
            return .refused(.failure(refusal.sentence))
        } catch {
            return .refused(.failure(String("\(error)".prefix(200))))
        }
    }

    /// SAs are about to come in the place of some that came from there.
    private func take(_ successions: [Succession], of peer: NodeName) async throws -> RenewalMessage.Content {
        let routes = successions.map { whereabouts.arrived[$0.old]?.route }
        guard routes.allSatisfy({ $0?.holder == peer }) else { return .refused(.noAssociation) }
        expect(Set(routes.compactMap(\.self)))
        await stack.succeed(Dictionary(successions.map { ($0.new, $0.old) }) { first, _ in first })
        return .done
    }

    /// SAs that came from there have ended; what has moved on ends where it is.
    private func end(_ identifiers: [SAIdentifier], of peer: NodeName) async throws {
        let here = identifiers.filter { whereabouts.arrived[$0]?.route.holder == peer }
        let elsewhere = identifiers.filter { whereabouts.left[$0].map { $0.route.taker != peer } ?? false }
        if !here.isEmpty {
            let phases = try await stack.phases(of: here)
            // There may be new ones where key management is, and packets for them here: they do not leave in the clear.
            try await stack.destroy(here.filter { phases[$0] != .quiesced })
            // This gateway may have left the addresses for those.
            try await stack.remove(here.filter { phases[$0] == .quiesced }, keepsForwarding: false)
            try await moves.associationsChanged(Set(here), .expired)
            whereabouts.end(here)
            renewing.subtract(here)
            let names = here.map(\.spi.description)
            report(
                .log, "end", names,
                "\(names.joined(separator: ", ")) ended at \(node): key management at \(peer) says so")
        }
        await tellEnd(of: elsewhere)
    }

    private func renew(_ identifiers: [SAIdentifier], for peer: NodeName) async throws {
        let own = identifiers.filter { (whereabouts.left[$0] ?? whereabouts.ended[$0])?.route.taker == peer }
        guard own.count == identifiers.count else { throw IKERefusal("these SAs did not go from \(node) to \(peer)") }
        guard let ike = environment.ike else { throw IKERefusal("no IKE daemon is known at \(node)") }
        try await ike.renew(own)
    }

    private func negotiate(_ children: [ConfiguredChild], for peer: NodeName) async throws {
        let arrived = whereabouts.arrived.filter { $0.value.route.holder == peer }.map(\.key)
        guard !arrived.isEmpty else { throw IKERefusal("no SA here came from \(peer)") }
        guard let ike = environment.ike else { throw IKERefusal("no IKE daemon is known at \(node)") }
        // Their packets come through either until the IKE daemon has policies of its own.
        try await stack.loosen(arrived)
        do {
            for child in children { try await ike.negotiate(child) }
        } catch {
            try? await stack.tighten(arrived)
            throw error
        }
        try await stack.tighten(arrived)
        let names = children.map(\.child)
        report(
            .renegotiation, "renegotiate", names,
            "\(names.joined(separator: ", ")) came from \(peer), which is leaving, and was negotiated anew at \(node)")
    }
}
