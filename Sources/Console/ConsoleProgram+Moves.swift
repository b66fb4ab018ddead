import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal

extension ConsoleProgram {
    /// Asks for a plan of a move of what is selected.
    mutating func planMove(openedBy key: Key?) -> [ConsoleCommand] {
        if view == .gateways {
            guard let label = gateways.selected, let gateway = fleet[label] else {
                return refuse("no gateway is selected")
            }
            return askForPlan(MoveSelection(), at: gateway, openedBy: key)
        }
        if view == .paths { return planWholePath([], on: openPath, openedBy: key) }
        if [.moves, .log].contains(view) { return refuse("no SA is selected here: press 2 and select one") }
        guard let selected = selectedAssociation else { return refuse("no SA is selected: press 2 and select one") }
        // While the screen is frozen, or in an SPD, what is selected may be gone: nothing else is moved in its place.
        guard let holder = fleet.holder(of: selected), let held = holder.associations[selected.identifier] else {
            return refuse("this SA is no longer at \(fleet[selected.gateway]?.name ?? selected.gateway.text)")
        }
        guard holder.description?.role != .mobileNode else {
            return refuse("no gateway that answers has this SA: \(holder.name) is at its other end, and keeps it")
        }
        // What one user has at several gateways goes together, or not at all: the previous router leads it.
        let together = fleet.movingTogether(with: held.reported)
        if together.gateways > 1 {
            let path = shown.paths.first { $0.path.plane == held.reported.plane }
            return planWholePath(together.names, on: path, openedBy: key)
        }
        // Both of its ends move, and one gateway has but one of them.
        if held.reported.type == .four {
            let path = shown.paths.first { $0.path.plane == held.reported.plane }
            return planWholePath([held.reported.name], on: path, openedBy: key)
        }
        return askForPlan(MoveSelection(names: [held.reported.name]), at: holder, openedBy: key)
    }

    /// Asks the previous router of a path for a plan of all its gateways' SAs, or of those of these names.
    private mutating func planWholePath(
        _ names: [String], on path: MergedPath?, openedBy key: Key?
    ) -> [ConsoleCommand] {
        guard let router = path?.path.previousRouter else { return refuse("no path is known yet") }
        guard let gateway = fleet.gateway(of: router) else {
            return refuse("\(router), the previous router, leads moves along the path: connect to it")
        }
        return askForPlan(MoveSelection(names: names, wholePath: true), at: gateway, openedBy: key)
    }

    /// Asks a gateway for a plan, and shows that it was asked. A selection without names means all SAs of the gateway.
    mutating func askForPlan(_ selection: MoveSelection, at gateway: GatewayMirror, openedBy key: Key?)
        -> [ConsoleCommand]
    {
        if let obstacle = unreached(gateway) { return refuse(obstacle) }
        askAboutPlan(gateway.label, selection, nil, openedBy: key)
        return [.plan(at: gateway.label, selection)]
    }

    /// Opens the dialog about a plan, or fills it anew.
    mutating func askAboutPlan(
        _ label: GatewayLabel, _ selection: MoveSelection, _ answer: PlanAnswer?, openedBy key: Key?
    ) {
        guard let gateway = fleet[label] else { return }
        let viewer = viewerText(at: gateway, may: "move")
        let unarmed = arming.isArmed(at: now) ? nil : "Read-only: press w to arm the console, then it can be started."
        question = PlanQuestion(
            gateway: gateway, selection: selection, answer: answer, obstacle: viewer.map { $0 + "." } ?? unarmed,
            stepping: options.stepping, width: sentenceWidth
        ).question(openedBy: key, at: now)
    }

    /// Asks for the plan anew, with the better algorithms that it offers or without them; `nil` where it offers none.
    mutating func toggleUpgrade(_ asked: Question) -> [ConsoleCommand]? {
        guard case .plan(let label, var selection, .plan(let plan)?) = asked.topic, let gateway = fleet[label],
            selection.upgrade || plan.associations.contains(where: { $0.upgrade != nil })
        else { return nil }
        selection.upgrade.toggle()
        return askForPlan(selection, at: gateway, openedBy: .character("u"))
    }

    /// How many columns a sentence in a question takes.
    var sentenceWidth: Int { min(70, size.columns - 4) }

    /// Asks whether to agree to the move that waits.
    mutating func askApproval(of wanted: MergedMove?, openedBy key: Key?) -> [ConsoleCommand] {
        let choice = choice(for: .approve, named: wanted)
        guard let merged = choice.move, let node = fleet.approver(of: merged) else { return refuse(choice.refusal) }
        guard let gateway = decider(node, "approve", openedBy: key) else { return [] }
        question = DecisionQuestion(merged: merged, gateway: gateway, width: sentenceWidth)
            .approval(for: node, openedBy: key, at: now)
        return []
    }

    /// Asks whether to stop the move.
    mutating func askAbort(of wanted: MergedMove?, openedBy key: Key?) -> [ConsoleCommand] {
        let choice = choice(for: .abort, named: wanted)
        guard let merged = choice.move else { return refuse(choice.refusal) }
        guard let gateway = decider(merged.move.route.source, "abort", openedBy: key) else { return [] }
        guard merged.move.isAbortable else {
            let reason = MoveWords.unabortable(merged.move, isLeaders: fleet.isLeaders(merged))
            return refuse("move \(MoveWords.short(merged.move.id)) cannot be aborted: \(reason)")
        }
        question = DecisionQuestion(merged: merged, gateway: gateway, width: sentenceWidth)
            .abort(openedBy: key, at: now)
        return []
    }

    /// What stops something: the move that can be aborted, or else the drain that is under way.
    mutating func askStop(openedBy key: Key?) -> [ConsoleCommand] {
        let move = choice(for: .abort).move
        guard move?.move.isAbortable != true, let drain = fleet.drain, drain.end == nil else {
            return askAbort(of: nil, openedBy: key)
        }
        return askStopDrain(of: drain.gateway, openedBy: key)
    }

    /// Asks whether to stop the drain of a gateway.
    mutating func askStopDrain(of node: NodeName, openedBy key: Key?) -> [ConsoleCommand] {
        guard let drain = fleet.gateway(of: node)?.drain, drain.end == nil else {
            return refuse("\(node) is not being drained")
        }
        guard let gateway = decider(node, "stop a drain", openedBy: key) else { return [] }
        question = DrainQuestion(drain: drain, gateway: gateway, width: sentenceWidth).stop(openedBy: key, at: now)
        return []
    }

    /// Lets the move that waits for a key go on.
    mutating func proceed(openedBy key: Key?) -> [ConsoleCommand] {
        let choice = choice(for: .proceed)
        guard let merged = choice.move, case .stepping(let phase) = merged.move.state else {
            return refuse(choice.refusal)
        }
        guard let gateway = decider(merged.move.route.source, "proceed", openedBy: key) else { return [] }
        notice = .info("\(gateway.name) is told to go on with \(phase.name)")
        return [.request(at: gateway.label, .proceed(merged.move.id))]
    }

    /// Has a router set up the new path of a plane: nothing moves by that.
    mutating func seek(_ router: String, _ plane: Plane) -> [ConsoleCommand] {
        guard let node = NodeName(router) else { return refuse("\"\(router)\" is not a node's name") }
        guard let path = fleet.paths.first(where: { $0.path.plane == plane }), let leader = path.path.previousRouter
        else { return refuse("no \(plane.rawValue) path is known yet") }
        guard path.path.next == nil else { return refuse("the new \(plane.rawValue) path is known already") }
        guard let gateway = decider(leader, "seek paths", openedBy: .enter) else { return [] }
        notice = .info("\(gateway.name) asks \(node) for a new \(plane.rawValue) path …")
        return [.request(at: gateway.label, .seek(PathWish(plane: plane, router: node)))]
    }

    /// Arms the console, or makes it read-only.
    mutating func arm(_ wanted: Bool) {
        let described = fleet.gateways.compactMap(\.description)
        if !described.isEmpty, described.allSatisfy({ $0.callerRole == .viewer }) {
            notice = .refusal("Every gateway takes you for a viewer, who may look and not move.")
            return
        }
        guard wanted else {
            arming = .readOnly
            notice = .info("The console is read-only.")
            return
        }
        arming = .armed(until: now.advanced(by: Int64(options.armedMinutes) * 60_000))
        notice = .info("Armed for \(options.armedMinutes) minutes: m moves, a approves, x aborts; w disarms.")
    }

    /// Says why something is not done.
    mutating func refuse(_ reason: String) -> [ConsoleCommand] {
        notice = .refusal(reason.prefix(1).uppercased() + reason.dropFirst() + ".")
        return []
    }

    /// The SA that keys are about.
    private var selectedAssociation: AssociationKey? {
        guard view == .policies else { return associations.selected }
        guard let key = policies.selected, let row = PolicyRows.row(key, in: fleet),
            let identifier = row.policy.association
        else { return nil }
        return AssociationKey(gateway: key.gateway, identifier: identifier)
    }

    /// The gateway of a node, if its user may decide there now; else says why not.
    private mutating func decider(_ node: NodeName, _ act: String, openedBy key: Key?) -> GatewayMirror? {
        guard let gateway = fleet.gateway(of: node) else {
            _ = refuse("\(node) decides about this, and this console is not connected to it")
            return nil
        }
        if let obstacle = unreached(gateway) ?? viewerText(at: gateway, may: act) {
            _ = refuse(obstacle)
            return nil
        }
        guard arming.isArmed(at: now) else {
            _ = refuse("read-only: press w to arm the console for \(options.armedMinutes) minutes")
            return nil
        }
        return gateway
    }

    private func unreached(_ gateway: GatewayMirror) -> String? {
        switch gateway.reach {
        case .connected: nil
        case .connecting: "\(gateway.name) has not answered yet"
        case .unreachable(let reason, _): "\(gateway.name) cannot be reached: \(reason)"
        }
    }

    private func viewerText(at gateway: GatewayMirror, may act: String) -> String? {
        guard let known = gateway.description, known.callerRole == .viewer else { return nil }
        return "\(gateway.name) takes you for a viewer (\(known.callerName)), who may look and not \(act)"
    }
}
