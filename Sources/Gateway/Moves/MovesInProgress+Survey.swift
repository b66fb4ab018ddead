package import ContextTransfer
package import ForwardingPath
import IPsec

/// What gateways are asked that belongs to no move. No key crosses.
extension MovesInProgress {
    /// How long a new router may take to find a path, which asks gateways itself.
    private static let pathLimit = Duration.seconds(10)

    /// The SAs that a gateway of the previous paths says it has (draft section 6.1: contexts of any SA in the PFP may
    /// need to be made available to PR); `nil` where it does not answer in time.
    package func survey(_ gateway: NodeName, of subject: MoveSubject) async -> [AssociationSummary]? {
        let route = MoveRoute(holder: gateway, source: node, target: node, taker: node)
        let move = MoveDescription(id: .random(), subject: subject, route: route)
        let (answers, answering) = AsyncStream.makeStream(
            of: [AssociationSummary].self, bufferingPolicy: .bufferingNewest(1))
        surveys[move.id] = answering
        defer { surveys[move.id] = nil }
        let limit = timing.retry * (timing.attempts / 2)
        return await ask(.survey, of: .holder, move, until: answers, within: limit)
    }

    /// Has a new router set a path up from what SAs need (draft section 6.2); `nil` where it does not answer in time.
    package func seekPath(
        _ question: PathQuestion, from router: NodeName, of subject: MoveSubject
    ) async -> PathAnswer? {
        let route = MoveRoute(holder: node, source: node, target: router, taker: router)
        let move = MoveDescription(id: .random(), subject: subject, route: route)
        let (answers, answering) = AsyncStream.makeStream(of: PathAnswer.self, bufferingPolicy: .bufferingNewest(1))
        pathsSought[move.id] = answering
        defer { pathsSought[move.id] = nil }
        return await ask(.seek(question), of: .target, move, until: answers, within: Self.pathLimit)
    }

    /// Asks again and again until there is an answer.
    private func ask<Answer: Sendable>(
        _ message: MoveMessage, of receiver: MoveRole, _ move: MoveDescription, until answers: AsyncStream<Answer>,
        within limit: Duration
    ) async -> Answer? {
        await withTaskGroup(of: Answer?.self) { group in
            group.addTask {
                for await answer in answers { return answer }
                return nil
            }
            group.addTask { [timing] in
                let end = ContinuousClock.now + limit
                while ContinuousClock.now < end {
                    await self.send(message, from: .source, to: receiver, move)
                    do { try await Task.sleep(for: timing.retry) } catch { break }
                }
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// What is told of SAs, with the sizes of their contexts and with what they carry. Away from the moves, which go on
    /// meanwhile.
    @concurrent
    private static func summaries(
        of statuses: [AssociationStatus], _ policies: [Policy]
    ) async -> [AssociationSummary] {
        let users = Dictionary(grouping: policies.filter { $0.origin != .static }, by: \.association)
        let all = Dictionary(grouping: policies, by: \.association)
        return statuses.map { status in
            let association = status.association
            var summary = AssociationSummary(association, policies: all[association.identifier] ?? [])
            summary.obstacle = status.obstacle
            guard status.obstacle == nil else { return summary }
            let octets = try? AssociationContext.octets(
                of: association, policies: users[association.identifier] ?? [])
            summary.contextOctets = octets.map { UInt32(clamping: $0) }
            return summary
        }
    }

    /// Takes what belongs to a question; `false` for anything else.
    func takeSurvey(_ envelope: MoveEnvelope) async -> Bool {
        switch envelope.message {
        case .survey:
            // A stack that cannot be read answers nothing: the other side asks again, and then says so.
            guard let statuses = try? await stack.associations(),
                let policies = try? await stack.policies(using: statuses.map(\.association.identifier))
            else { return true }
            let summaries = await Self.summaries(of: statuses, policies)
            await send(.surveyed(summaries), from: .holder, to: .source, MoveDescription(envelope))
            return true
        case .surveyed(let summaries):
            surveys[envelope.id]?.yield(summaries)
            return true
        case .found(_, let nodes):
            pathsSought[envelope.id]?.yield(.found(nodes))
            return true
        case .refused(let reason):
            guard let waiting = pathsSought[envelope.id] else { return false }
            waiting.yield(.refused(reason.description))
            return true
        // The daemon answers it, which knows the network.
        case .seek: return true
        default: return false
        }
    }
}
