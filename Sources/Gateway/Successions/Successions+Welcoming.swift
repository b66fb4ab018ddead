import ContextTransfer
import GatewayAPI
import IPsec

/// What the IKE daemon beside this one negotiates in the place of nothing that moved, while another gateway answers for the
/// addresses by which its users know this one.
extension Successions {
    /// How long others have to leave an address, in times after which they are asked again.
    private static let giveUp = 4

    /// SAs in the place of none, for which nothing comes here since another gateway answers for their address, go where their
    /// user's went, both halves and all that come at the same time together: an operator agreed to that when those moved.
    func welcome(_ identifiers: [SAIdentifier]) async {
        for (subject, newcomers) in await stranded(among: identifiers) {
            guard let move = whereabouts.departures[subject] else {
                await tellBegin(of: newcomers)
                continue
            }
            let new = newcomers.map(\.identifier).filter { following.insert($0).inserted }
            guard !new.isEmpty else { continue }
            guard gathering[subject] == nil else {
                gathering[subject]?.formUnion(new)
                continue
            }
            gathering[subject] = Set(new)
            await waitForOthers(of: subject)
            await follow((gathering.removeValue(forKey: subject) ?? []).sorted(), by: move, after: [])
        }
    }

    /// Those that came into being here and whose own end is an address that another gateway answers for, by user.
    private func stranded(
        among identifiers: [SAIdentifier]
    ) async -> [MoveSubject: [SecurityAssociation]] {
        guard let ike = environment.ike, let present = try? await stack.associations(identifiers) else { return [:] }
        var stranded: [SecurityAssociation] = []
        // What was elsewhere, and is back, is passed on from there.
        let working = present.values.filter { $0.phase == .inForce || $0.phase == .dying }.map(\.association)
        for association in working where association.state.installs == 1 {
            if await ike.isElsewhere(association.ownEnd) { stranded.append(association) }
        }
        return Dictionary(grouping: stranded) { MoveSubject(farEndOf: $0) }
    }

    /// Whether there are SAs of both directions.
    private func isWhole(_ identifiers: Set<SAIdentifier>) async -> Bool {
        let present = (try? await stack.associations(Array(identifiers))) ?? [:]
        return Set(present.values.map(\.association.direction)).count == 2
    }

    /// Until no more come, there are both halves, and what sends has its policies.
    private func waitForOthers(of subject: MoveSubject) async {
        var before: Set<SAIdentifier> = []
        for attempt in 0..<Self.policyAttempts {
            do { try await Task.sleep(for: pause * (1 << attempt)) } catch { return }
            let new = gathering[subject] ?? []
            let (isWhole, idle) = await (isWhole(new), idle(among: Array(new)))
            if isWhole, idle.isEmpty, new == before, gathering[subject] == new { return }
            before = new
        }
    }

    /// SAs for which nothing comes here, of a user of whom none went elsewhere: whether they are to, an operator says.
    private func tellBegin(of associations: [SecurityAssociation]) async {
        // What sends needs no address.
        let new = associations.filter { $0.direction == .inbound }
        // The other one may be about to leave it.
        do { try await Task.sleep(for: timing.retry * Self.giveUp) } catch { return }
        let stranded = await stranded(among: new.map(\.identifier)).values.joined()
        let names = stranded.filter { told.insert($0.identifier).inserted }.map(\.name).sorted()
        guard !names.isEmpty else { return }
        report(
            .alarm, "begin", names,
            "\(names.joined(separator: ", ")) was negotiated at \(node), and another gateway answers for its address: what "
                + "comes for it there is lost until it is moved there, or the address comes back")
    }
}

extension SecurityAssociation {
    /// This gateway's end.
    fileprivate var ownEnd: IPAddress { direction == .inbound ? identifier.destination : source }
}

extension MoveSubject {
    /// The other end of an SA.
    fileprivate init(farEndOf association: SecurityAssociation) {
        let address =
            association.direction == .inbound ? association.source : association.identifier.destination
        self.init(address: address, realm: association.identifier.realm)
    }
}
