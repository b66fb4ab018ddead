import ContextTransfer
import ForwardingPath
package import GatewayAPI
import IPsec

/// The early order (draft section 6.2): the new path is not known, so the previous router tells the new one what the SAs
/// along the previous path need, without keys, and the new router sets a path up, within the users' static profiles.
extension RouterDaemon {
    // MARK: The previous router

    package func seekPath(_ wish: PathWish, by caller: Caller) async throws(OperationRefusal) -> ReportedPath {
        let (plane, router) = (wish.plane, wish.router)
        guard let path = network.path(on: plane), path.previousRouter == node else {
            throw .notPossible("\(node) is the previous router of no \(plane.rawValue) path")
        }
        guard path.next == nil else {
            throw .notPossible("the new \(plane.rawValue) path is known: move along it, or set another")
        }
        guard let other = network.node(router) else { throw unknown(router) }
        guard router != node, other.role.takesAssociations else {
            throw .notPossible("\(router) cannot be the new router: its role is \(other.role.rawValue)")
        }
        let question = try await question(about: path)
        let count = question.associations.count
        await report(
            .audit, by: caller.name, action: "paths", associations: question.associations.map(\.name),
            command: "ferry path seek \(router) --plane \(plane.rawValue) --via \(node)",
            text: "has \(router) set up a new \(plane.rawValue) path from what \(count) SAs need, without their keys")
        let subject = MoveSubject(
            address: path.nearEnd.flatMap { network.node($0)?.addresses.first } ?? other.addresses[0])
        switch await moves.seekPath(question, from: router, of: subject) {
        case nil: throw .notPossible("\(router) did not answer: see whether its daemon runs and is reached")
        case .refused(let reason): throw .notPossible("\(router) set up no path: \(reason)")
        case .found(let nodes):
            return try await adopt(nodes, for: path, of: router)
        }
    }

    /// What the SAs on a path need, as they are told by the gateways that have them.
    private func question(about path: PathPair) async throws(OperationRefusal) -> PathQuestion {
        let gateways = path.previous.filter { $0 != node && network.node($0)?.role.takesAssociations == true }
        let planner = planner
        let known = try await known(beside: gateways).filter {
            !$0.summary.user.isEmpty && planner.plane(of: $0) == path.plane
        }
        let users = Set(known.map(\.summary.user)).sorted()
        return PathQuestion(
            plane: path.plane, previous: path.previous, associations: known,
            profiles: users.compactMap { settings.profiles[$0] })
    }

    /// Takes a new path that another router found, if it is one through it for the path that was told.
    private func adopt(
        _ nodes: [NodeName], for asked: PathPair, of router: NodeName
    ) async throws(OperationRefusal) -> ReportedPath {
        let path = PathPair(plane: asked.plane, previous: asked.previous, next: nodes)
        // The other router was waited for: the operator may have said something else meanwhile.
        guard let now = network.path(on: asked.plane), now == asked || now == path else {
            throw .notPossible("the \(asked.plane.rawValue) paths changed at \(node) meanwhile: what is set now stays")
        }
        guard path.nextRouter == router, nodes.allSatisfy({ network.node($0) != nil }),
            case .known = GatewayLocation(of: path)
        else { throw .notPossible("\(router) told a path that is none through it in the network of \(node)") }
        await adopt(network.replacing(path))
        await report(
            .log, by: router.text, action: "paths",
            text: "\(router) set up the new \(path.plane.rawValue) path \(nodes.map(\.text).joined(separator: ", "))")
        return ReportedPath(path, in: network)
    }

    // MARK: The new router

    /// Takes a question about a path; `false` for any other message.
    func take(search envelope: MoveEnvelope) -> Bool {
        guard case .seek(let question) = envelope.message else { return false }
        let router = envelope.route.source
        // One at a time of each router, which asks again until it is answered; of others nothing is kept.
        if network.path(on: question.plane)?.previousRouter == router, sought.insert(router).inserted {
            searching.yield(envelope)
        }
        return true
    }

    /// Answers questions about paths one after the other, beside the moves: gateways are asked, and waited for.
    func serveSearches() async {
        var last: (id: MoveID, answer: MoveMessage)?
        for await envelope in searches {
            defer { sought.remove(envelope.route.source) }
            guard case .seek(let question) = envelope.message else { continue }
            let answer: MoveMessage
            if let last, last.id == envelope.id {
                answer = last.answer
            } else {
                answer = await self.answer(question, of: envelope.route.source)
            }
            last = (envelope.id, answer)
            post.send(
                MoveEnvelope(
                    id: envelope.id, subject: envelope.subject, route: envelope.route, sender: .target,
                    receiver: .source, message: answer), to: envelope.route.source)
        }
    }

    private func answer(_ question: PathQuestion, of router: NodeName) async -> MoveMessage {
        do throws(OperationRefusal) {
            return .found(question.plane, try await setUpPath(for: question, of: router))
        } catch {
            await report(
                .log, by: router.text, action: "paths",
                text: "set up no new \(question.plane.rawValue) path for \(router): \(error)")
            return .refused(.failure(error.description))
        }
    }

    /// The best new path for the SAs of a question, once it is set up.
    private func setUpPath(
        for question: PathQuestion, of router: NodeName
    ) async throws(OperationRefusal) -> [NodeName] {
        guard let path = network.path(on: question.plane), path.previous == question.previous,
            path.previousRouter == router
        else { throw .notPossible("\(node) knows other \(question.plane.rawValue) paths") }
        guard question.associations.allSatisfy({ path.previous.contains($0.place) }) else {
            throw .notPossible("SAs are told of gateways that are not on the previous path")
        }
        if let known = path.next {
            guard path.nextRouter == node else { throw .notPossible("a new path through another router is known") }
            return known
        }
        let choices = try await choices(for: question)
        guard let best = choices.min() else {
            throw .notPossible("no links lead from \(node) to the previous path")
        }
        if let lost = best.lost.first {
            let reason = lost.reason.map { ": \($0)" } ?? ""
            throw .notPossible("no path can take \(lost.name)\(reason)")
        }
        let found = PathPair(plane: question.plane, previous: question.previous, next: best.nodes)
        // Asked above, others were waited for: the operator may have said something else meanwhile.
        guard network.path(on: question.plane) == path else {
            throw .notPossible("the paths changed at \(node) while gateways were asked")
        }
        await adopt(network.replacing(found))
        await surroundings.setUp(found)
        await report(
            .audit, by: router.text, action: "paths", associations: question.associations.map(\.name),
            command: "ferry path set \(found.arguments)",
            text:
                "set up a new \(question.plane.rawValue) path, the best of \(choices.count) for what SAs of \(router) need"
        )
        return best.nodes
    }

    /// The paths that there are, with what they do to the SAs, once the gateways on them were asked.
    private func choices(for question: PathQuestion) async throws(OperationRefusal) -> [PathChoice] {
        let candidates = PathSearch(network, previous: question.previous, router: node).paths
        let before = Set(question.previous)
        let gateways = Set(candidates.joined()).subtracting(before)
            .filter { network.node($0)?.role.takesAssociations == true }
        let offers = question.associations.map(\.summary.offer)
        let words = await withTaskGroup(of: (NodeName, TakerWord?).self) { [renewalsInProgress, node] group in
            for gateway in gateways {
                group.addTask {
                    let word =
                        gateway == node
                        ? await renewalsInProgress.word(about: offers)
                        : await renewalsInProgress.survey(gateway, offers)
                    return (gateway, word)
                }
            }
            // Not by `reduce`: the library would call a closure of this actor on another executor.
            var words: [NodeName: TakerWord] = [:]
            for await (gateway, word) in group { words[gateway] = word?.withoutRoom ?? .silent(offers.count) }
            return words
        }
        let profiles = Dictionary(question.profiles.map { ($0.user, $0) }) { first, _ in first }
        let terms = PlanTerms(words: words, profiles: profiles)
        return await Self.choices(candidates, for: question, in: network, terms)
    }

    /// Away from the daemon, which goes on meanwhile: there may be many SAs.
    @concurrent
    private static func choices(
        _ candidates: [[NodeName]], for question: PathQuestion, in network: Network, _ terms: PlanTerms
    ) async -> [PathChoice] {
        candidates.map { PathChoice($0, for: question, in: network, terms) }
    }
}

extension TakerWord {
    /// Without what it said of its room: it was asked about all SAs at once, and only some would go to it.
    fileprivate var withoutRoom: TakerWord {
        var word = self
        word.verdicts = verdicts.map { $0 == .refused(.noCapacity) ? .accepted : $0 }
        return word
    }

    /// Stands for a gateway that does not answer, and so can take nothing.
    fileprivate static func silent(_ count: Int) -> TakerWord {
        let refusal = Verdict.refused(.timeout(.taker))
        return TakerWord(verdicts: Array(repeating: refusal, count: count), suites: [], spiConflict: .deny)
    }
}
