import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

extension ConsoleProgram {
    /// Takes in what happened, and returns what is to be done.
    package mutating func update(_ message: ConsoleMessage) -> [ConsoleCommand] {
        var commands = take(message)
        refresh()
        commands += askDrained()
        let wanted = wantedTick
        if wanted != tick {
            tick = wanted
            commands.append(.tick(everySeconds: wanted))
        }
        return commands
    }

    private mutating func take(_ message: ConsoleMessage) -> [ConsoleCommand] {
        switch message {
        case .key(let key, let at):
            advance(to: at)
            return press(key)
        case .resize(let size):
            self.size = size
            if !ScreenLayout.isUsable(size) { question = nil }
        case .tick(let at): advance(to: at)
        case .gateway(let label, let news, let at):
            advance(to: at)
            take(news, of: label)
        case .planned(let label, let selection, let answer, let at):
            advance(to: at)
            takePlan(label, selection, answer)
        case .answered(let label, let request, let answer, let at):
            advance(to: at)
            return take(answer, to: request, from: label)
        case .drained(let label, let query, let answer, let at):
            advance(to: at)
            takeDrained(label, query, answer)
        case .traced(let label, let move, let messages, let at):
            advance(to: at)
            fleet.learn(messages, of: move, from: label)
            if frozen == nil { refresh() }
        }
        return []
    }

    private mutating func advance(to time: ClockTime) {
        now = max(now, time)
        if let notice, !notice.stays, Span.milliseconds(from: noticed, to: now) >= Notice.milliseconds {
            self.notice = nil
        }
        if case .armed(let until) = arming, now >= until {
            arming = .readOnly
            notice = .info("The console is read-only again.")
        }
    }

    private mutating func take(_ news: GatewayNews, of label: GatewayLabel) {
        let before = fleet.revisions.moves
        let open = Set(fleet.underWay.map(\.move.id))
        fleet.apply(news, from: label, at: now)
        guard before != fleet.revisions.moves else { return }
        for merged in fleet.moves where merged.isOver && open.contains(merged.move.id) { tellEnd(of: merged) }
        dropQuestionIfVoid()
    }

    private mutating func tellEnd(of merged: MergedMove) {
        guard let outcome = merged.move.state.outcome else { return }
        var text = "\(MoveWords.names(merged.move)): move \(MoveWords.outcome(outcome))"
        switch outcome {
        case .completed:
            text += ", now at \(merged.move.route.taker)"
            if let pause = merged.move.pause { text += ", pause under \(Span.pauseBound(pause, ascii: true))" }
            notice = .done(text)
        case .refused, .aborted: notice = .refusal(text)
        case .failed, .ended: notice = .failure(text)
        }
    }

    /// A question about a move that no longer stands so is taken away, with a word about it.
    private mutating func dropQuestionIfVoid() {
        switch question?.topic {
        case .approval(let id, let node)?:
            guard let merged = fleet.move(id), !MoveWords.approvers(of: merged.move).contains(node) else { return }
            question = nil
            let others = merged.waitsForApproval ? " at \(node)" : ""
            notice = .info("Move \(MoveWords.short(id)) no longer waits for approval\(others).")
        case .abort(let id)?:
            guard let merged = fleet.move(id) else { return }
            guard merged.move.isAbortable || !fleet.isLeaders(merged) else {
                question = nil
                let reason = MoveWords.unabortable(merged.move, isLeaders: true)
                notice = .refusal("Move \(MoveWords.short(id)): \(reason).")
                return
            }
            let lines = DecisionQuestion.abortLines(merged, at: fleet, width: sentenceWidth)
            question?.say(lines, at: now)
        case .stopDrain(let node)?:
            guard fleet.gateway(of: node)?.drain?.end != nil else { return }
            question = nil
            notice = .info("The drain of \(node) is over.")
        case .plan?, nil: return
        }
    }

    private mutating func takePlan(_ label: GatewayLabel, _ selection: MoveSelection, _ answer: PlanAnswer) {
        guard let asked = question, asked.topic == .plan(at: label, selection, nil) else { return }
        askAboutPlan(label, selection, answer, openedBy: asked.openedBy)
    }

    private mutating func take(
        _ answer: RequestAnswer, to request: GatewayRequest, from label: GatewayLabel
    ) -> [ConsoleCommand] {
        let name = fleet[label]?.name ?? label.text
        switch answer {
        case .failure(let reason):
            notice = .failure("\(name) refused to \(request.name): \(reason)")
        case .outOfDate:
            // Reality has changed: the new plan is shown, and begins only when it is agreed to.
            switch request {
            case .move(let order), .drain(let order):
                guard let gateway = fleet[label] else { return [] }
                notice = .refusal("The plan was out of date: this is the new one.")
                return askForPlan(order.selection, at: gateway, openedBy: nil)
            case .stopDrain, .seek, .approve, .deny, .abort, .proceed:
                notice = .failure("\(name) refused to \(request.name)")
            }
        case .drain(let drain):
            view = .moves
            if case .stopDrain = request {
                notice = .done("\(name) begins no more moves: \(drain.words)")
            } else {
                notice = .done("\(name) began to drain: \(drain.words)")
            }
        case .path(let told):
            let nodes = (told.path.next ?? []).map(\.text).joined(separator: ", ")
            notice = .done("The new \(told.path.plane.rawValue) path is \(nodes)")
        case .moves(let told):
            fleet.learn(told, from: label)
            guard case .move = request, let first = told.first else { return [] }
            // In views without a list of moves it would not be made anew otherwise, and the new one not selected.
            moves.refresh(shown)
            moves.select(first.id)
            let approver = fleet.move(first.id).flatMap { fleet.approver(of: $0) }
            let waits = approver.map { ", waits for approval at \($0): press a" } ?? ""
            notice = .done("\(name) began \(Count.of(told.count, "move", "moves"))\(waits)")
        }
        return []
    }

    /// What the screen shows: frozen, or as it is.
    var shown: Fleet { frozen?.fleet ?? fleet }

    /// Makes anew what lists and figures were made of, as far as it has changed.
    mutating func refresh() {
        let shown = shown
        counted.refresh(fleet)
        let body = ScreenLayout(size).body
        let dashboard = DashboardLayout(body)
        let isDashboard = view == .dashboard
        // The box takes two rows and the headings one.
        let listRows = body.rows - ListPage.digestRows(inHeight: body.rows) - 3
        associations.setPage(isDashboard ? dashboard.associations.rows - 3 : listRows)
        let movesLayout = movesLayout(body)
        moves.setPage((isDashboard ? dashboard.moves : movesLayout.moves).rows - 3)
        drained.setPage(movesLayout.users.rows - 3)
        events.setPage(listRows)
        gateways.setPage(listRows)
        policies.setPage(listRows)
        if isDashboard || view == .associations || view == .paths { associations.refresh(shown) }
        if isDashboard || view == .moves || view == .paths { moves.refresh(shown) }
        if view == .moves { drained.refresh(shown) }
        if view == .log || dashboard.extent == .wide && isDashboard { events.refresh(shown) }
        if view == .gateways { gateways.refresh(shown) }
        if view == .policies { policies.refresh(shown) }
        plane = min(plane, max(0, shown.paths.count - 1))
        if isDashboard || view == .paths { arcs.refresh(shown, openPath) }
    }

    /// The paths of the plane that is open.
    var openPath: MergedPath? { shown.paths.indices.contains(plane) ? shown.paths[plane] : nil }

    /// The move that the dashboard shows and that keys are about: the selected one, but one under way before one that
    /// is over.
    var openMove: MergedMove? {
        let selected = moves.selected.flatMap { shown.move($0) }
        let picksItself = view == .moves || view == .dashboard && pane == .moves
        if let selected, picksItself || !selected.isOver { return selected }
        return shown.underWay.first ?? selected ?? shown.moves.first
    }
}
