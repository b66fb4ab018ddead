import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

extension ConsoleProgram {
    /// Begins to type a filter for the list that has the keys.
    mutating func beginFilter() {
        guard let list else {
            notice = .info("There is no list here to filter.")
            return
        }
        entry = LineEntry(
            purpose: .filter(before: list.filter), field: TextField(prompt: "/", text: list.filter))
    }

    /// Takes a key of what is typed at the bottom.
    mutating func type(_ key: Key) -> [ConsoleCommand] {
        guard var typed = entry else { return [] }
        if key == .tab, typed.purpose == .command {
            complete(&typed)
            entry = typed
            return []
        }
        let outcome = typed.field.handle(key)
        entry = typed
        switch (typed.purpose, outcome) {
        case (.filter, .changed): changeList { $0.setFilter(typed.field.text, in: $1) }
        case (.filter, .submitted): entry = nil
        case (.filter(let before), .cancelled):
            changeList { $0.setFilter(before == typed.field.text ? "" : before, in: $1) }
            entry = nil
        case (.command, .changed):
            typed.completions = completions(of: typed.field.text)
            entry = typed
            if key == .backspace && typed.field.text.isEmpty { entry = nil }
        case (.command, .submitted(let line)):
            entry = nil
            return run(line)
        case (.command, .cancelled): entry = nil
        case (_, .moved), (_, .ignored):
            if key == .backspace && typed.field.text.isEmpty { entry = nil }
        }
        return []
    }

    private func complete(_ typed: inout LineEntry) {
        guard let first = completions(of: typed.field.text).first else { return }
        typed.field.text = first + " "
        typed.completions = completions(of: typed.field.text)
    }

    private func completions(of line: String) -> [String] {
        let names = associations.keys.prefix(1000).compactMap { fleet.association($0)?.reported.name }
        return OrderParser.completions(
            of: line, associations: Set(names).sorted(), moves: fleet.moves.map { MoveWords.short($0.move.id) },
            columns: list?.sortTitles ?? [])
    }

    private mutating func run(_ line: String) -> [ConsoleCommand] {
        guard line.contains(where: { $0 != " " }) else { return [] }
        if history.last != line { history.append(line) }
        do {
            return carryOut(try OrderParser.order(line))
        } catch {
            return refuse(error.text)
        }
    }

    private mutating func carryOut(_ order: ConsoleOrder) -> [ConsoleCommand] {
        switch order {
        case .open(let kind): open(kind)
        case .help: page = (.help, 0)
        case .arm(let wanted): arm(wanted)
        case .freeze: freeze()
        case .filter(let text): changeList { $0.setFilter(text, in: $1) }
        case .sort(let column):
            var isKnown = false
            changeList { isKnown = $0.sort(by: column, in: $1) }
            if !isKnown { return refuse("there is no column \"\(column)\" to sort by") }
        case .move(let names, let from, let to): return planMove(names, from: from, to: to)
        case .seek(let router, let plane): return seek(router, plane)
        case .drain(let gateway, let others): return planDrain(gateway, to: others)
        case .stopDrain(let gateway):
            guard let node = NodeName(gateway) else { return refuse("\"\(gateway)\" is not a node's name") }
            return askStopDrain(of: node, openedBy: .enter)
        case .approve(let digits): return decide(digits) { $0.askApproval(of: $1, openedBy: .enter) }
        case .abort(let digits): return decide(digits) { $0.askAbort(of: $1, openedBy: .enter) }
        case .quit: return [.quit]
        }
        return []
    }

    /// A move that is named by its first digits, or the one that is open.
    private mutating func decide(
        _ digits: String?, _ act: (inout ConsoleProgram, MergedMove?) -> [ConsoleCommand]
    ) -> [ConsoleCommand] {
        guard let digits else { return act(&self, nil) }
        let matches = fleet.moves.filter { $0.move.id.description.hasPrefix(digits.lowercased()) }
        guard let only = matches.first, matches.count == 1 else {
            return refuse(matches.isEmpty ? "there is no move \(digits)" : "\(digits) may be several moves")
        }
        return act(&self, only)
    }

    private mutating func planDrain(_ name: String, to others: [String]) -> [ConsoleCommand] {
        let nodes = others.compactMap { NodeName($0) }
        guard let node = NodeName(name), nodes.count == others.count else {
            return refuse("\"\(([name] + others).joined(separator: ", "))\" are not all names of nodes")
        }
        guard let gateway = fleet.gateway(of: node) else { return refuse("no gateway is \(name)") }
        return askForPlan(MoveSelection(draining: node, to: nodes), at: gateway, openedBy: .enter)
    }

    private mutating func planMove(_ names: [String], from: String?, to: String?) -> [ConsoleCommand] {
        if names.isEmpty && from == nil && to == nil { return planMove(openedBy: .enter) }
        guard !names.isEmpty else {
            return refuse("name the SAs to move; for all of a gateway press 1, select it and press m")
        }
        let nodes = [from, to].compactMap(\.self)
        if let wrong = nodes.first(where: { NodeName($0) == nil }) {
            return refuse("\"\(wrong)\" is not a node's name")
        }
        var gateway = from.flatMap { NodeName($0) }.flatMap { fleet.gateway(of: $0) }
        if from == nil {
            let key = AssociationRows.keys(in: fleet).first { fleet.association($0)?.reported.name == names.first }
            gateway = key.flatMap { fleet.holder(of: $0) }
        }
        guard let gateway else {
            return refuse(from.map { "no gateway is \($0)" } ?? "no SA is called \(names.first ?? "")")
        }
        let selection = MoveSelection(
            names: names, from: from.flatMap { NodeName($0) }, to: to.flatMap { NodeName($0) })
        return askForPlan(selection, at: gateway, openedBy: .enter)
    }
}
