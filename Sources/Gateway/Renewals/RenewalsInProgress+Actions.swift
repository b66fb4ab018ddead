import ContextTransfer
import ForwardingPath
import IPsec

extension RenewalsInProgress {
    /// How long a party that is done answers for what is over.
    private static let memory = Duration.seconds(60)

    /// Runs one party until it is done, and for a while longer, so that it answers who asks again.
    func serve(_ launch: Launch) async {
        await withDiscardingTaskGroup { group in
            var party = launch.party
            if party.isHolder {
                tell(.about(party.names, requestedBy: party.requestedBy), party)
                tell(.stands(.working), party)
                tell(.entered(.plan), party)
            }
            for await input in launch.inputs {
                var inputs = [input]
                while !inputs.isEmpty {
                    switch (inputs.removeFirst(), party.machine) {
                    case (.holder(let input), .holder(var machine)):
                        let actions = machine.handle(input)
                        party.machine = .holder(machine)
                        for action in actions { await perform(action, &party, launch, &group) }
                    case (.taker(let input), .taker(var machine)):
                        let actions = machine.handle(input)
                        party.machine = .taker(machine)
                        for action in actions { await perform(action, &party, launch, &group) }
                    case (.deadline(let number), .holder) where number == party.deadline:
                        inputs.append(.holder(.deadlinePassed))
                    case (.deadline(let number), .taker) where number == party.deadline:
                        inputs.append(.taker(.deadlinePassed))
                    case (.holder, _), (.taker, _), (.deadline, _): break
                    }
                }
            }
            group.cancelAll()
        }
    }

    private func wait(
        _ duration: Duration?, _ party: inout RenewalParty, _ launch: Launch, _ group: inout DiscardingTaskGroup
    ) {
        party.deadline += 1
        let number = party.deadline
        guard let duration else { return }
        group.addTask {
            do { try await Task.sleep(for: duration) } catch { return }
            launch.feeding.yield(.deadline(number))
        }
    }

    private func closeLater(_ id: MoveID, _ group: inout DiscardingTaskGroup) {
        group.addTask {
            try? await Task.sleep(for: Self.memory)
            await self.close(id)
        }
    }

    private func perform(
        _ action: RenewalMove.Action, _ party: inout RenewalParty, _ launch: Launch,
        _ group: inout DiscardingTaskGroup
    ) async {
        let id = party.move.id
        switch action {
        case .send(let content): send(content, id, to: party.peer)
        case .setDeadline(let duration): wait(duration, &party, launch, &group)
        case .enter(let phase): tell(.entered(phase), party)
        case .tell(let isAnswered): tell(.stands(isAnswered ? .working : .unanswered), party)
        case .forward(let new):
            // What is for the new SAs and still comes here goes on to the taker, unchanged.
            try? await stack.expect(new, selectors: [:])
            try? await stack.forget(new, returningTo: environment.forwardingTarget(party.peer))
        case .end(let old):
            try? await stack.remove(old, keepsForwarding: false)
            await environment.withdraw(old)
            await moves.renewed(old)
            try? await moves.forgetArrivals(of: Set(old))
            tell(.released(old), party)
        case .renew:
            guard case .holder(let machine) = party.machine else { return }
            environment.renew(
                LostAssociations(associations: machine.task.associations, policies: [], areGone: false))
        case .finish(let outcome):
            if outcome != .completed, case .holder(let machine) = party.machine {
                await moves.endRenewal(Set(machine.task.associations.map(\.replaces)))
            }
            tell(.stands(.over(outcome)), party)
            closeLater(id, &group)
        }
    }

    private func perform(
        _ action: RenewalTaking.Action, _ party: inout RenewalParty, _ launch: Launch,
        _ group: inout DiscardingTaskGroup
    ) async {
        switch action {
        case .send(let content):
            send(content, party.move.id, to: party.peer)
            switch content {
            case .renewed(let new):
                tell(.installed(new), party)
                tell(.stands(.over(.completed)), party)
                closeLater(party.move.id, &group)
            case .refused(let reason):
                tell(.stands(.over(.stayed(reason))), party)
                closeLater(party.move.id, &group)
            case .survey, .surveyed, .order, .ready, .forwarding, .succession, .ended, .renew, .takeOver, .left, .done:
                break
            }
        case .setDeadline(let duration): wait(duration, &party, launch, &group)
        case .proceed(let goesOn):
            party.proceeding?.yield(goesOn)
            party.proceeding?.finish()
        case .negotiate(let task):
            tell(.about(task.associations.map(\.label), requestedBy: ""), party)
            tell(.stands(.working), party)
            let (decisions, deciding) = AsyncStream.makeStream(of: Bool.self)
            party.proceeding = deciding
            group.addTask { await self.negotiate(task, launch.feeding, decisions) }
        }
    }

    /// Has the key management negotiate; it waits before the first packet until the holder passes packets on.
    private func negotiate(
        _ task: RenewalTask, _ feeding: AsyncStream<Input>.Continuation, _ decisions: AsyncStream<Bool>
    ) async {
        guard let keyExchange = await environment.keyExchange() else {
            feeding.yield(.taker(.failed(.failure("the new gateway has no key management"))))
            return
        }
        let order = RenewalOrder(
            peer: task.peer.text, associations: task.associations, areHere: false,
            policies: task.policies.flatMap(\.self),
            profile: task.profile, onlyUpgrades: task.onlyUpgrades
        ) { renewals in
            feeding.yield(.taker(.agreed(renewals.map(\.new))))
            for await goesOn in decisions where goesOn { return }
            throw KeyExchangeFailure.abandoned
        }
        do throws(KeyExchangeFailure) {
            _ = try await keyExchange.renew(order)
            feeding.yield(.taker(.renewed))
        } catch {
            feeding.yield(.taker(.failed(.failure("\(task.peer): \(error)"))))
        }
    }

    private func tell(_ kind: MoveEvent.Kind, _ party: RenewalParty) {
        moves.report(MoveEvent(key: party.key, move: party.move, kind: kind, instant: .now))
    }
}
