import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// What the IKE daemon beside this one did with SAs that moved away.
extension Successions {
    /// How often it is tried to have an SA follow.
    private static let attempts = 8
    /// Each attempt waits twice as long as the one before, the first one for a tenth of the time after which others are asked
    /// again.
    var pause: Duration { timing.retry / 20 }
    /// How often it is looked whether policies have come: for one and a half times as long as others have before they are asked
    /// again, since the other end drops the old SA soon.
    static let policyAttempts = 5
    /// How long another router has for its answer.
    static let answerLimit = Duration.seconds(3)

    /// New SAs go where those are whose places they take: an operator agreed to that when those moved.
    func follow(_ successions: [Succession]) async {
        var parties: [MoveDescription: [Succession]] = [:]
        for succession in successions where following.insert(succession.new).inserted {
            if let move = whereabouts.left[succession.old] {
                parties[move, default: []].append(succession)
            } else {
                following.remove(succession.new)
            }
        }
        for (move, successions) in parties {
            // What receives is needed at once; what sends goes with the policies by which it does.
            let idle = await idle(among: successions.map(\.new))
            let later = successions.filter { idle.contains($0.new) }
            let now = successions.filter { !idle.contains($0.new) }
            async let used: Void = waitForPolicies(of: later.map(\.new))
            if !now.isEmpty { await follow(now.map(\.new), by: move, after: now) }
            await used
            if !later.isEmpty { await follow(later.map(\.new), by: move, after: later) }
        }
        // What those were that these took the place of is not where it was: it failed to move, and ended.
        await welcome(
            Set(successions.map(\.new)).subtracting(parties.values.joined().map(\.new)).subtracting(following).sorted())
    }

    /// Those by which no policy sends yet: key management adds an SA first and then its policies. Moved without them it would
    /// protect nothing there.
    func idle(among identifiers: [SAIdentifier]) async -> Set<SAIdentifier> {
        guard let present = try? await stack.associations(identifiers),
            let policies = try? await stack.policies(using: identifiers)
        else { return [] }
        let senders = present.filter { $0.value.association.direction == .outbound }.keys
        return Set(senders).subtracting(policies.compactMap(\.association))
    }

    /// Not for ever: key management may have been told to make none, and the old SA still sends until then.
    private func waitForPolicies(of identifiers: [SAIdentifier]) async {
        guard !identifiers.isEmpty else { return }
        for attempt in 0..<Self.policyAttempts {
            do { try await Task.sleep(for: pause * (1 << attempt)) } catch { return }
            if await idle(among: identifiers).isEmpty { return }
        }
    }

    /// - Parameter successions: in whose place they are, of which the taker has to be told.
    func follow(
        _ new: [SAIdentifier], by earlier: MoveDescription, after successions: [Succession]
    ) async {
        let taker = earlier.route.taker
        defer { following.subtract(new) }
        var problem = ""
        var names = new.map(\.spi.description)
        for attempt in 0..<Self.attempts {
            if attempt > 0 {
                do { try await Task.sleep(for: pause * (1 << attempt)) } catch { return }
            }
            guard let present = try? await stack.associations(new), !present.isEmpty else { return }
            names = new.compactMap { present[$0]?.association.name }.sorted()
            switch successions.isEmpty ? .done : await ask(taker, .succession(successions), for: Self.answerLimit) {
            case .done: break
            case .refused(.noAssociation) where attempt > 2:
                // Those ended there without the word of key management here.
                whereabouts.end(successions.map(\.old))
                following.subtract(new)
                return await welcome(new)
            case .refused(let reason):
                problem = reason.description
                continue
            default:
                problem = "\(taker) does not answer"
                continue
            }
            let offers = new.compactMap { present[$0].map { AssociationOffer($0.association) } }
            var offer = MoveOffer(
                subject: earlier.subject, associations: offers, needsApproval: false, requestedBy: "ferryd at \(node)")
            offer.spiConflict = .deny
            let move = MoveDescription(id: .random(), subject: earlier.subject, route: earlier.route)
            let outcome = await end(of: move, MoveRequest(offer: offer, approval: .automatic))
            if outcome == .completed {
                return report(
                    .log, "follow", names,
                    "\(names.joined(separator: ", ")) followed to \(taker), where "
                        + (successions.isEmpty ? "the user's SAs" : "what they take the place of") + " had gone")
            }
            problem = outcome?.reason?.description ?? "another move of the user is under way"
        }
        if successions.isEmpty { waiting.formUnion(new) }
        report(
            .alarm, "follow", names,
            "\(names.joined(separator: ", ")) could not follow to \(taker): \(problem); what comes for them there is lost: move "
                + "the user's SAs back, or move these")
    }

    /// SAs that moved away ended: they end where they are.
    func tellEnd(of identifiers: [SAIdentifier]) async {
        let gone = Dictionary(grouping: identifiers.filter { whereabouts.left[$0] != nil }) {
            whereabouts.left[$0]?.route.taker ?? node
        }
        for (taker, identifiers) in gone {
            if case .done = await ask(taker, .ended(identifiers), for: Self.answerLimit * 10) {
                whereabouts.end(identifiers)
                // Nothing is passed on for them any more: others may use the same policies here later.
                try? await stack.remove(identifiers, keepsForwarding: false)
                // What they were in the way of may go there now.
                let others = waiting
                waiting = []
                await welcome(others.sorted())
                continue
            }
            let names = identifiers.map(\.spi.description)
            report(
                .alarm, "end", names,
                "\(names.joined(separator: ", ")) ended at \(node), and \(taker), which has them, could not be told: they stay "
                    + "there until their lifetime is over")
        }
    }

    /// How often IKE daemons are asked, and how long at first until the next time: they may start later than this daemon, and
    /// others may not be reached yet.
    private static let patience = (attempts: 6, pause: Duration.seconds(1))

    /// SAs that an IKE daemon negotiated are nowhere: the one where they came from is asked for new ones or, where it has not
    /// made them, the one here.
    func replace(_ identifiers: [SAIdentifier], from home: NodeName?) async {
        let names = identifiers.map(\.spi.description)
        var reason = ""
        for attempt in 0..<Self.patience.attempts {
            if let home, await isRenewed(identifiers, at: home) { return }
            do throws(IKERefusal) {
                guard let ike = environment.ike else { throw IKERefusal("no IKE daemon is known at \(node)") }
                try await ike.renew(identifiers)
                return report(
                    .renegotiation, "renegotiate", names,
                    "the IKE daemon at \(node) has \(names.joined(separator: ", ")) renewed: renegotiation was asked for"
                )
            } catch { reason = error.sentence }
            do { try await Task.sleep(for: Self.patience.pause * (1 << attempt)) } catch { return }
        }
        report(
            .alarm, "renegotiate", names,
            "\(names.joined(separator: ", ")) could not be renewed: \(reason); an operator has to see to it")
    }

    /// Whether an IKE daemon elsewhere has SAs renewed that it negotiated, and that ended here.
    func isRenewed(_ identifiers: [SAIdentifier], at home: NodeName) async -> Bool {
        guard await ask(home, .renew(identifiers), for: Self.answerLimit) == .done else { return false }
        let names = identifiers.map(\.spi.description)
        report(
            .renegotiation, "renegotiate", names,
            "\(home) has \(names.joined(separator: ", ")) renewed: renegotiation was asked for")
        return true
    }

    /// An SA that came from another gateway reaches the end of its life: key management there has it.
    func askForRenewal(of identifiers: [SAIdentifier], at holder: NodeName) async {
        let names = identifiers.map(\.spi.description)
        let answer = await ask(holder, .renew(identifiers), for: Self.answerLimit)
        if answer == .done {
            return report(
                .renegotiation, "renegotiate", names,
                "\(holder), whose key management has \(names.joined(separator: ", ")), has it renewed")
        }
        let reason = if case .refused(let reason) = answer { reason.description } else { "it does not answer" }
        renewing.subtract(identifiers)
        report(
            .alarm, "renegotiate", names,
            "\(names.joined(separator: ", ")) is about to end, and \(holder) could not have it renewed: \(reason)")
    }
}
