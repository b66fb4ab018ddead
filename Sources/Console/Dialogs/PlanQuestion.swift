import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal

/// What the plan dialog says: per SA its type, what happens to it and why, then who will have to agree.
struct PlanQuestion {
    /// Where the plan was asked for.
    let gateway: GatewayMirror
    /// What was asked.
    let selection: MoveSelection
    /// What came back; `nil` while it has not.
    let answer: PlanAnswer?
    /// Why it could not be started now; `nil` when it could.
    let obstacle: String?
    /// Whether the move will wait for a key before each phase.
    let stepping: Bool

    /// How many columns a sentence may take.
    let width: Int

    /// The question.
    func question(openedBy key: Key?, at now: ClockTime) -> Question {
        let title =
            selection.spread == nil ? "Plan: \(names) at \(gateway.name)" : "Plan: drain \(gateway.name)"
        let topic = Question.Topic.plan(at: gateway.label, selection, answer)
        switch answer {
        case nil:
            let text = "Asking \(gateway.name) what a move would do …"
            return Question(topic, title: title, lines: [[CellText(text, .dim)]], buttons: [], openedBy: key, at: now)
        case .failure(let reason):
            let lines = wrapped(reason, .statusError)
            return Question(topic, title: title, lines: lines, buttons: [], openedBy: key, at: now)
        case .plan(let plan):
            let canStart =
                obstacle == nil && plan.associations.contains { $0.action == .move || $0.action == .renegotiate }
            let order = MoveOrder(selection: selection, planToken: plan.token, stepping: stepping)
            let start = (
                DialogButton("Start", key: "s"),
                [ConsoleCommand.request(at: gateway.label, selection.spread == nil ? .move(order) : .drain(order))]
            )
            return Question(
                topic, title: title, lines: lines(plan, canStart), buttons: canStart ? [start] : [], openedBy: key,
                at: now)
        }
    }

    /// What was asked for, with what goes with it once that is known.
    private var names: String {
        guard !selection.names.isEmpty else { return selection.wholePath ? "the whole path" : "all SAs" }
        let names = if case .plan(let plan) = answer { plan.associations.map(\.name) } else { selection.names }
        return names.count > 3 ? Count.of(names.count, "SA", "SAs") : names.joined(separator: ", ")
    }

    private func lines(_ plan: ReportedPlan, _ canStart: Bool) -> [[CellText]] {
        let entries = inOrder(plan.associations).prefix(Self.mostEntries)
        // Where an SA goes comes before its name in full, and both before what it is.
        let longest = entries.map { VisibleText($0.name).width }.max() ?? 0
        let routeWidth = max(11, entries.map { VisibleText(route($0)).width }.max() ?? 0)
        let widths = (
            name: min(20, max(4, min(longest, width - Self.typeAndAction - routeWidth - 2))), route: routeWidth
        )
        let hasMore = widths.name + 2 + Self.typeAndAction + routeWidth + 2 + 10 <= width
        var lines = [
            [
                CellText(
                    Self.cell("SA", widths.name) + "TYPE  ACTION         " + Self.cell("FROM, TO", widths.route)
                        + (hasMore ? "SPI         ALGORITHMS" : ""), .dim)
            ]
        ]
        func table(sayingTypes: Bool) -> [[CellText]] {
            entries.flatMap { self.lines($0, widths.name, widths.route, hasMore, sayingTypes) }
        }
        let (end, whole) = (summary(plan) + closing(plan, canStart), table(sayingTypes: true))
        lines += whole.count + end.count + 2 <= Self.mostLines ? whole : table(sayingTypes: false)
        if plan.associations.count > entries.count {
            lines.append([CellText("and \(Count.text(plan.associations.count - entries.count)) more", .dim)])
        }
        // Who drains a gateway decides by the whole, and looks at single SAs afterwards.
        guard selection.spread == nil else { return end + [[]] + lines }
        return lines + [[]] + end
    }

    /// Of a drain what does not simply move comes first: that is what somebody has to see to.
    private func inOrder(_ entries: [ReportedPlanEntry]) -> [ReportedPlanEntry] {
        guard selection.spread != nil else { return entries }
        func rank(_ entry: ReportedPlanEntry) -> Int {
            switch entry.action {
            case .conflict: 0
            case .move: entry.isRefusedNow ? 1 : 5
            case .pending: 2
            case .renegotiate: 3
            case .none: 4
            }
        }
        return (0...5).flatMap { wanted in entries.filter { rank($0) == wanted } }
    }

    private func lines(
        _ entry: ReportedPlanEntry, _ nameWidth: Int, _ routeWidth: Int, _ hasMore: Bool, _ sayingTypes: Bool
    ) -> [[CellText]] {
        let spi = entry.spi.map(\.description) ?? "-"
        let first =
            [
                CellText(Self.cell(entry.name, nameWidth), emphasis: .bold),
                CellText(Self.cell(entry.type.map { " \($0.rawValue)" } ?? " ?", 4), .type(entry.type)),
                CellText(Self.word(entry.action), .planned(entry.action), cue: true),
                CellText(String(repeating: " ", count: max(1, 13 - Self.word(entry.action).count))),
                CellText(hasMore ? Self.cell(route(entry), routeWidth) : route(entry)),
            ] + (hasMore ? [CellText(Self.cell(spi, 10)), CellText(entry.suite.name)] : [])
        // What stays always tells why; what moves where there is room for it.
        var notes = entry.action == .none || sayingTypes ? entry.why : entry.reasons
        if let upgrade = entry.upgrade, entry.action == .move {
            notes.append("renegotiation could bring \(upgrade.name)")
        }
        if let before = entry.pathMTUBefore, let after = entry.pathMTUAfter, before != after {
            notes.append("path MTU \(before) → \(after)")
        }
        if entry.action == .move, entry.isSuiteAccepted == false {
            notes.append(
                "\(entry.relocations.last?.to.text ?? "the new gateway") is not said to support \(entry.suite)")
        }
        if !entry.told.isEmpty, !entry.told.hasPrefix("nothing") { notes.append("MN is told \(entry.told)") }
        notes += entry.risks
        return [first] + notes.flatMap { wrapped($0, .dim, indent: 2) }
    }

    /// `SG1 → SG2`, for each end that moves.
    private func route(_ entry: ReportedPlanEntry) -> String {
        entry.relocations.isEmpty
            ? "-" : entry.relocations.map { "\($0.from) → \($0.to)" }.joined(separator: ", ")
    }

    private func summary(_ plan: ReportedPlan) -> [[CellText]] {
        let refused = plan.associations.count(where: \.isRefusedNow)
        var counts = PlannedAction.allCases.compactMap { action -> String? in
            let count = plan.associations.count { $0.action == action && !$0.isRefusedNow }
            guard count > 0 else { return nil }
            return action == .conflict || action == .pending
                ? "\(Count.text(count)) \(action == .conflict ? "in conflict" : "pending")"
                : "\(Count.text(count)) to \(Self.word(action))"
        }
        if refused > 0 { counts.append("\(Count.text(refused)) to try, refused as things are") }
        let once = selection.spread == nil ? "" : ", once for all"
        let approval =
            switch plan.approval {
            case .automatic: "begins at once, nobody has to approve"
            case .source: "then an operator of the previous router approves\(once)"
            case .target: "then an operator of the new router approves\(once)"
            case .both: "then operators of both routers approve\(once)"
            }
        let moves = plan.associations.contains { $0.action == .move }
        return wrapped(counts.joined(separator: ", ") + (moves ? "; \(approval)." : "."), .text)
            + (moves ? spread(plan) + names(plan).flatMap { wrapped($0, .dim) } + wrapped(size(plan), .dim) : [])
    }

    /// How many SAs each gateway takes of a drain.
    private func spread(_ plan: ReportedPlan) -> [[CellText]] {
        guard selection.spread != nil else { return [] }
        var counts: [NodeName: Int] = [:]
        for entry in plan.associations { for move in entry.relocations { counts[move.to, default: 0] += 1 } }
        let words = counts.sorted { $0.key < $1.key }.map { "\(Count.text($0.value)) to \($0.key)" }
        return wrapped(words.joined(separator: ", ") + ".", .text)
    }

    /// Whose SPI stays, and what goes together; nothing of a drain, whose SAs are too many for it.
    private func names(_ plan: ReportedPlan) -> [String] {
        guard selection.spread == nil else { return [] }
        let moving = plan.associations.filter { $0.action == .move }
        let reassigned = moving.filter { !$0.keepsSPI }.map(\.name)
        let groups = Dictionary(grouping: moving.filter { $0.group != nil }, by: \.group).values.filter { $0.count > 1 }
        let together =
            switch groups.count {
            case 0: ""
            case 1 where groups[0].count == moving.count: "; all move together or not at all"
            case 1: "; \(Count.text(groups[0].count)) of them move together or not at all"
            default: "; \(Count.text(groups.count)) groups, each moves together or not at all"
            }
        let spis = reassigned.isEmpty ? "SPIs kept" : "SPI reassigned: \(reassigned.joined(separator: ", "))"
        return ["\(spis)\(together)."]
    }

    /// What has to cross, what MN is told, and how long the pause may be.
    private func size(_ plan: ReportedPlan) -> String {
        let octets = plan.contextOctets.map { "Context \(Count.octets($0))" } ?? "Context of unknown size"
        let pause =
            plan.expectedPause.map {
                "pause about \(Span.pauseBound($0, ascii: true)), \(plan.isPauseEstimated ? "estimated" : "as lately")"
            } ?? "pause not known before the first move"
        let isSilent = plan.associations.allSatisfy { $0.told.isEmpty || $0.told.hasPrefix("nothing") }
        return "\(octets); \(pause)" + (isSilent ? "; MN is told nothing." : ".")
    }

    private func closing(_ plan: ReportedPlan, _ canStart: Bool) -> [[CellText]] {
        if let obstacle { return wrapped(obstacle, .statusWarn, cue: true) }
        if !canStart { return [[CellText("There is nothing to move.", .statusInfo, cue: true)]] }
        var words: [String] = []
        if plan.associations.contains(where: { $0.action == .move }) {
            words.append("Traffic is held only from quiesce to install.")
            if stepping { words.append("Each phase before and after waits for n.") }
        }
        if plan.associations.contains(where: { $0.action == .renegotiate }) {
            words.append("What is negotiated anew holds no traffic: the old SAs end when the new ones are used.")
        }
        if selection.upgrade {
            words.append("u leaves the algorithms as they are.")
        } else if plan.associations.contains(where: { $0.upgrade != nil && $0.action == .move }) {
            words.append("u takes the better algorithms.")
        }
        return wrapped(words.joined(separator: " "), .dim)
    }

    /// What happens to an SA.
    private static func word(_ action: PlannedAction) -> String { action == .none ? "stay" : action.rawValue }

    /// Columns of both together.
    private static let typeAndAction = 21

    /// Beyond so many lines what moves does not tell why: the dialog then is as high as the screen of a terminal.
    private static let mostLines = 20

    /// How many SAs are listed one by one.
    private static let mostEntries = 200

    /// A text filled up with blanks, and two more.
    private static func cell(_ text: String, _ width: Int) -> String {
        let visible = VisibleText(text)
        guard visible.width > width else { return text + String(repeating: " ", count: width - visible.width + 2) }
        return visible.string.prefix(max(0, width - 1)) + "~  "
    }

    /// A sentence in lines.
    func wrapped(_ text: String, _ role: Role, cue: Bool = false, indent: Int = 0) -> [[CellText]] {
        Paragraph(text).lines(width: width - indent).enumerated().map { number, line in
            [CellText(String(repeating: " ", count: indent)), CellText(line, role, cue: cue && number == 0)]
        }
    }
}
