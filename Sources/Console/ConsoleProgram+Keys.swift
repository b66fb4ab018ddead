import ContextTransfer
import GatewayAPI
import Terminal

extension ConsoleProgram {
    /// Takes one key: a question has it first, then what is typed, then the page over the view.
    mutating func press(_ key: Key) -> [ConsoleCommand] {
        let isHeld = lastKey.map { $0.key == key && Span.milliseconds(from: $0.at, to: now) < Self.heldMilliseconds }
        lastKey = (key, now)
        return take(key, isHeld: isHeld ?? false)
    }

    /// Within how many milliseconds the same key again is taken for a held one: longer than the longest time that
    /// terminals usually wait before they repeat a key, 660.
    private static let heldMilliseconds: UInt64 = 700

    private mutating func take(_ key: Key, isHeld: Bool) -> [ConsoleCommand] {
        // What cannot be seen is not asked, and gets no keys.
        guard ScreenLayout.isUsable(size) else { return key == .character("q") ? [.quit] : [] }
        if question != nil { return answer(with: key, isHeld: isHeld) }
        notice = nil
        if entry != nil { return type(key) }
        if page != nil { return turn(key, isHeld: isHeld) }
        if moveSelection(key) { return [] }
        if Self.acts.contains(key) { changeList { list, _ in list.settle() } }
        return order(key, isHeld: isHeld)
    }

    /// Keys that are about the selected row: while something is done about it no other one takes its place.
    private static let acts: Set<Key> = [
        .enter, .character("m"), .character("a"), .character("x"), .character("n"), .character(" "),
    ]

    private mutating func answer(with key: Key, isHeld: Bool) -> [ConsoleCommand] {
        guard var asked = question else { return [] }
        // Held, it was pressed for something else: to open the question, or before it could be read.
        if isHeld && asked.isDecided(by: key) { return [] }
        if key == .character("w"), !isHeld, case .plan(let label, let selection, let answer?) = asked.topic,
            !arming.isArmed(at: now)
        {
            arm(true)
            askAboutPlan(label, selection, answer, openedBy: key)
            return []
        }
        if key == .character("u"), !isHeld, let commands = toggleUpgrade(asked) { return commands }
        let outcome = asked.handle(key, at: now)
        question = asked
        switch outcome {
        case .open: return []
        case .cancelled:
            question = nil
            return []
        case .chosen(let number):
            question = nil
            // The console may have become read-only while the question was open.
            guard arming.isArmed(at: now) else { return refuse("read-only: press w to arm the console first") }
            return asked.orders.indices.contains(number) ? asked.orders[number] : []
        }
    }

    /// Moves the selection of what has the keys; false when the key does not.
    private mutating func moveSelection(_ key: Key) -> Bool {
        switch view {
        case .dashboard:
            switch pane {
            case .associations: return associations.handle(key)
            case .moves: return moves.handle(key)
            case .paths: return false
            }
        case .gateways: return gateways.handle(key)
        case .associations: return associations.handle(key)
        case .policies: return policies.handle(key)
        case .moves: return isDrainFocused ? drained.handle(key) : moves.handle(key)
        case .log: return events.handle(key)
        case .paths: return false
        }
    }

    private mutating func order(_ key: Key, isHeld: Bool) -> [ConsoleCommand] {
        switch key {
        case .character("q"): return [.quit]
        case .character("?"), .function(1): page = (.help, 0)
        case .character(":"): entry = LineEntry(purpose: .command, field: TextField(prompt: ":", history: history))
        case .character("/"): beginFilter()
        case .character("s"): changeList { $0.sortByNext(in: $1) }
        case .character("S"): changeList { $0.reverseSort(in: $1) }
        case .character(" "): if !isHeld { freeze() }
        case .character("w"): if !isHeld { arm(!arming.isArmed(at: now)) }
        case .character("m"): return isHeld ? [] : planMove(openedBy: key)
        case .character("a"): return isHeld ? [] : askApproval(of: nil, openedBy: key)
        case .character("x"): return isHeld ? [] : askStop(openedBy: key)
        case .character("n"): return isHeld ? [] : proceed(openedBy: key)
        case .character(let digit) where digit.wholeNumberValue.flatMap(ViewKind.init(rawValue:)) != nil:
            open(ViewKind(rawValue: digit.wholeNumberValue ?? 0) ?? .dashboard)
        case .enter: return openDetail()
        case .tab, .right: next(by: 1)
        case .backTab, .left: next(by: -1)
        case .escape: goBack()
        default: break
        }
        return []
    }

    /// Opens a view.
    mutating func open(_ kind: ViewKind) {
        view = kind
        page = nil
    }

    /// Stops what is seen, or lets it go on.
    mutating func freeze() { frozen = frozen == nil ? (fleet, now) : nil }

    private mutating func next(by step: Int) {
        switch view {
        case .dashboard: pane = pane.next(by: step)
        case .moves where shown.drain != nil: isDrainOpen.toggle()
        case .paths where !shown.paths.isEmpty: plane = (plane + step + shown.paths.count) % shown.paths.count
        default: break
        }
    }

    private mutating func goBack() {
        if let list, !list.filter.isEmpty {
            changeList { $0.setFilter("", in: $1) }
        } else if view != .dashboard {
            view = .dashboard
        }
    }

    /// Shows all that is known of a row; of a move also the messages between the gateways, which are asked for.
    private mutating func openDetail() -> [ConsoleCommand] {
        if view == .dashboard && pane == .paths || view == .paths {
            if view == .dashboard { view = .paths }
            return []
        }
        guard list?.detail(in: scene(.unicode)) != nil else { return [] }
        page = (.detail, 0)
        let move =
            switch list {
            case is RowList<MoveRows>: moves.selected
            case is RowList<DrainedRows>: drained.selected.flatMap { DrainedRows.row($0, in: shown)?.move }
            case is RowList<EventRows>: events.selected.flatMap { EventRows.row($0, in: shown)?.event.move }
            default: MoveID?.none
            }
        guard let move else { return [] }
        return fleet.gateways.filter { !$0.isStale && $0.description != nil }.map { .trace(at: $0.label, move) }
    }

    /// Leafs through the page over the view.
    private mutating func turn(_ key: Key, isHeld: Bool) -> [ConsoleCommand] {
        guard let open = page else { return [] }
        let last = max(0, pageLines(.unicode).lines.count - 1)
        let rows = max(1, ScreenLayout(size).body.rows - 2)
        let scroll: Int
        switch key {
        case .up, .character("k"): scroll = open.scroll - 1
        case .down, .character("j"): scroll = open.scroll + 1
        case .pageUp: scroll = open.scroll - rows
        case .pageDown, .character(" "): scroll = open.scroll + rows
        case .home, .character("g"): scroll = 0
        case .end, .character("G"): scroll = last
        case .escape, .enter, .character("q"), .character("?"):
            page = nil
            return []
        default:
            // A key that means something to the view closes the page first.
            page = nil
            return take(key, isHeld: isHeld)
        }
        page = (open.kind, min(max(0, scroll), max(0, last - rows + 1)))
        return []
    }
}
