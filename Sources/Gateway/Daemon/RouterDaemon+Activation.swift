package import ContextTransfer
package import ForwardingPath
package import GatewayAPI
import IPsec
import Logging

/// Moves that the mobile node or the new router asks for (RFC 4067 section 5): CTAR from the mobile node to the new
/// router, CT-Req from there to the previous router, which leads; and CTDR and CTAA back.
extension RouterDaemon {
    /// The status of a request that was refused, in CTDR and CTAA.
    private static let refusedStatus = FeatureStatus(feature: FeatureProfile.authorization.rawValue, code: 1)

    /// Takes a message of types 1, 2, 5 and 7 that belongs to no move; `false` for any other.
    func take(activation held: HeldMessage, from peer: NodeName) throws(WireError) -> Bool {
        let message = try held.read { octets throws(WireError) -> CXTPMessage? in
            try CXTPMessage(activation: octets)
        }
        guard let message else { return false }
        activating.yield((peer, message))
        return true
    }

    /// Serves what ``take(activation:from:)`` took, beside the moves: it asks other gateways and waits for them.
    func serveActivations() async {
        await withDiscardingTaskGroup { group in
            for await (peer, message) in activations { group.addTask { await self.serve(message, from: peer) } }
            group.cancelAll()
        }
    }

    private func serve(_ message: CXTPMessage, from peer: NodeName) async {
        switch message {
        case .activateRequest(let request): await hand(on: request, from: peer)
        case .transferRequest(let request): await lead(request, for: peer)
        case .transferDataReply(let reply): await hand(on: reply, from: peer)
        case .activateAcknowledge(let answer):
            awaitedAnswers.removeValue(forKey: answer.previousAddress)?.resume(returning: answer.failures.isEmpty)
        case .transferData, .predictiveTransferData, .transferCancel, .extended: break
        }
    }

    // MARK: The mobile node

    /// A CTAR of this mobile node, with a number that it has not used.
    package func makeActivation() throws(OperationRefusal) -> ActivateRequest {
        guard let router = network.path(on: .data)?.previousRouter, let secret = settings.tokenSecrets[router],
            let own = network.node(node), let target = network.node(router),
            let address = own.addresses.first, let routerAddress = target.addresses.first
        else { throw .notPossible("\(node) shares no secret with the previous router of its data path") }
        let sequence = UInt32.random(in: 1 ... .max)
        do {
            let token = try AuthorizationToken(secret, address: address, realm: own.realm, sequence: sequence)
            return ActivateRequest(
                wantsAcknowledgement: true, previousAddress: address, routerAddress: routerAddress, sequence: sequence,
                token: token.short, requests: [token.block])
        } catch {
            throw .notPossible("the request cannot be written: \(error)")
        }
    }

    /// Asks a new router for the contexts; whether it has them moved, `nil` where it says nothing in time.
    package func activate(_ request: ActivateRequest, at router: NodeName, within limit: Duration) async -> Bool? {
        await withTaskGroup(of: Bool?.self) { group in
            group.addTask { await self.ask(request, at: router) }
            group.addTask {
                try? await Task.sleep(for: limit)
                await self.giveUp(request)
                return nil
            }
            let answer = await group.next() ?? nil
            group.cancelAll()
            return answer
        }
    }

    private func ask(_ request: ActivateRequest, at router: NodeName) async -> Bool? {
        await withCheckedContinuation { continuation in
            awaitedAnswers.updateValue(continuation, forKey: request.previousAddress)?.resume(returning: nil)
            send(.activateRequest(request), to: router)
        }
    }

    private func giveUp(_ request: ActivateRequest) {
        awaitedAnswers.removeValue(forKey: request.previousAddress)?.resume(returning: nil)
    }

    // MARK: The new router

    /// Asks the previous router, on its own, for a mobile node's contexts.
    package func requestContexts(of mobile: NodeName, by caller: String) async throws(OperationRefusal) {
        guard let wanted = network.node(mobile), let address = wanted.addresses.first,
            let router = network.path(on: .data)?.previousRouter, network.path(on: .data)?.nextRouter == node
        else { throw .notPossible("\(node) is the new router of no path of \(mobile)") }
        let requests: [ContextDataBlock]
        do { requests = [try SubjectBlock(realm: wanted.realm).encoded()] } catch {
            throw .notPossible("the request cannot be written: \(error)")
        }
        // Its answer must not pass for that of a mobile node's request.
        let verdict = activationMemory.hand(
            on: nil, of: MoveSubject(address: address, realm: wanted.realm), to: router, for: mobile, isAnswered: false)
        guard verdict == .handedOn else {
            throw .notPossible("a request for \(address) waits for \(router): ask again")
        }
        await report(.audit, by: caller, action: "request", text: "asks \(router) for the contexts of \(mobile)")
        let sequence = UInt32.random(in: 1 ... .max)
        send(
            .transferRequest(
                TransferRequest(previousAddress: address, sequence: sequence, token: 0, requests: requests)),
            to: router)
    }

    /// Hands a mobile node's request on, unless it was seen before or comes too often.
    private func hand(on request: ActivateRequest, from peer: NodeName) async {
        let subject: MoveSubject
        do throws(OperationRefusal) {
            subject = try ActivationCheck(node, network, secrets: [:]).subject(of: request, from: peer)
        } catch { return await refuse("a request of \(peer): \(error)") }
        guard activationMemory.isAllowed(subject) else {
            return await refuse("a request of \(peer): more than \(ActivationMemory.rate) a second")
        }
        let router = network.nodes.first {
            $0.role.takesAssociations && $0.addresses.contains(request.routerAddress)
        }
        guard let router else { return await refuse("a request of \(peer): nobody has \(request.routerAddress)") }
        let verdict = activationMemory.hand(
            on: request.sequence, of: subject, to: router.name, for: peer, isAnswered: request.wantsAcknowledgement)
        switch verdict {
        case .handedOn: break
        case .usedBefore:
            return await refuse("a request of \(peer): its sequence number \(request.sequence) was used before")
        case .askAgain:
            return await refuse(
                "a request of \(peer): another one for \(subject.address) waits for \(router.name): ask again")
        }
        await report(.log, by: peer.text, action: "request", text: "\(peer) asks for its contexts at \(router.name)")
        send(
            .transferRequest(
                TransferRequest(
                    previousAddress: request.previousAddress, sequence: request.sequence, token: request.token,
                    requests: request.requests)), to: router.name)
    }

    /// Tells the mobile node what the previous router said.
    private func hand(on reply: TransferDataReply, from peer: NodeName) async {
        guard let mobile = activationMemory.answered(reply.previousAddress, by: peer) else { return }
        send(
            .activateAcknowledge(
                ActivateAcknowledge(
                    previousAddress: reply.previousAddress, failures: reply.isSuccess ? [] : reply.statuses)),
            to: mobile)
    }

    // MARK: The previous router

    /// Leads the moves of a mobile node's SAs, once its token is found right: before anything is transferred.
    private func lead(_ request: TransferRequest, for peer: NodeName) async {
        do {
            let (caller, wanted) = try await authorized(request, from: peer)
            try await move(wanted, by: caller)
            grantedRequests += 1
            answer(request, to: peer, isSuccess: true)
        } catch {
            await refuse("a request of \(peer) for \(request.previousAddress): \(error)")
            answer(request, to: peer, isSuccess: false)
        }
    }

    /// Who asked: the mobile node, if it gave a token, else the new router itself.
    private func authorized(
        _ request: TransferRequest, from peer: NodeName
    ) async throws(OperationRefusal) -> (Caller, ActivationCheck.Wanted) {
        // First the token: a number that a stranger made up must not be spent.
        let wanted = try ActivationCheck(node, network, secrets: settings.tokenSecrets).wanted(by: request, from: peer)
        guard let secret = wanted.secret else { return (Caller(name: peer.text, role: .operator), wanted) }
        let isNew: Bool
        do {
            isNew = try await journal.take(number: request.sequence, of: wanted.subject, secret: secret)
        } catch { throw .notPossible("the journal cannot be written: \(error)") }
        guard isNew else {
            throw .notPossible(
                "the sequence number \(request.sequence) was used before, or too many were with this secret")
        }
        return (Caller(name: wanted.mobile.text, role: .operator), wanted)
    }

    /// Moves what the plan moves of a user's SAs; where that is nothing, nothing was asked for.
    private func move(_ wanted: ActivationCheck.Wanted, by caller: Caller) async throws(OperationRefusal) {
        let realm = wanted.subject.realm
        let decision = try await decide(MoveSelection(wholePath: true), in: realm)
        let names = zip(decision.planned, decision.known).filter { plan, known in
            plan.action == .move && wanted.includes(known.summary)
        }.map(\.0.name)
        guard !names.isEmpty else {
            return await report(
                .log, by: caller.name, action: "request",
                text: "no SA of \(wanted.mobile) has to move: nothing is transferred")
        }
        let order = MoveOrder(selection: MoveSelection(names: names, wholePath: true))
        _ = try await self.move(order, in: realm, by: caller)
    }

    private func answer(_ request: TransferRequest, to peer: NodeName, isSuccess: Bool) {
        send(
            .transferDataReply(
                TransferDataReply(
                    isSuccess: isSuccess, previousAddress: request.previousAddress,
                    statuses: isSuccess ? [] : [Self.refusedStatus])), to: peer)
    }

    // MARK: All

    /// How many requests were refused here, of those events that are kept.
    package var refusals: Int { events.count { $0.action == "refuse" } }

    private func refuse(_ what: String) async {
        await report(.audit, action: "refuse", text: "refused \(what)")
    }

    private func send(_ message: CXTPMessage, to peer: NodeName) {
        do {
            let octets = try message.encoded()
            surroundings.trace(
                SentMessage(
                    id: MoveID(0), from: node, to: peer, messages: 1, octets: octets.count, staticContexts: 0,
                    dynamicContexts: 0, contextOctets: 0))
            links.send(octets, to: peer)
        } catch {
            logger.error("Cannot send", metadata: ["peer": "\(peer)", "reason": "\(error)"])
        }
    }
}

extension CXTPMessage {
    /// A request or an answer that belongs to no move; `nil` for any other message.
    fileprivate init?(activation octets: [UInt8]) throws(WireError) {
        guard let first = octets.first, let type = CXTPType(rawValue: first & 0x1f) else { return nil }
        switch type {
        case .activateRequest, .activateAcknowledge, .transferDataReply: self = try CXTPMessage(decoding: octets[...])
        case .transferRequest:
            let message = try CXTPMessage(decoding: octets[...])
            // In a move it has no sequence number, and begins with the move's identity.
            guard case .transferRequest(let request) = message, request.sequence != 0 else { return nil }
            self = message
        default: return nil
        }
    }
}
