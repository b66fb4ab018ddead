package import ContextTransfer
package import ForwardingPath
import IPsec

extension MovesInProgress {
    /// The SAs that a gateway of the previous paths says it has (draft section 6.1: contexts of any SA in the PFP may
    /// need to be made available to PR); `nil` where it does not answer in time. No key crosses.
    package func survey(_ gateway: NodeName, of subject: MoveSubject) async -> [AssociationSummary]? {
        let route = MoveRoute(holder: gateway, source: node, target: node, taker: node)
        let move = MoveDescription(id: .random(), subject: subject, route: route)
        let (answers, answering) = AsyncStream.makeStream(
            of: [AssociationSummary].self, bufferingPolicy: .bufferingNewest(1))
        surveys[move.id] = answering
        defer { surveys[move.id] = nil }
        return await withTaskGroup(of: [AssociationSummary]?.self) { group in
            group.addTask {
                for await answer in answers { return answer }
                return nil
            }
            group.addTask { [timing] in
                for _ in 0..<timing.attempts / 2 {
                    await self.send(.survey, from: .source, to: .holder, move)
                    do { try await Task.sleep(for: timing.retry) } catch { break }
                }
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// Takes what belongs to a survey; `false` for anything else.
    func takeSurvey(_ envelope: MoveEnvelope) async -> Bool {
        switch envelope.message {
        case .survey:
            // A stack that cannot be read answers nothing: the other side asks again, and then says so.
            guard let statuses = try? await stack.associations() else { return true }
            let summaries = statuses.map { AssociationSummary($0.association) }
            await send(.surveyed(summaries), from: .holder, to: .source, MoveDescription(envelope))
            return true
        case .surveyed(let summaries):
            surveys[envelope.id]?.yield(summaries)
            return true
        default: return false
        }
    }
}
