import ContextTransfer
import GatewayAPI
import Terminal

/// Which keys are worth naming at the bottom now, the most important first.
struct Hints {
    /// What they are for.
    let console: ConsoleProgram

    /// The keys.
    var hints: [KeyHint] {
        if let question = console.question { return self.hints(of: question) }
        if console.page != nil { return [KeyHint("Esc", "close"), KeyHint("j k", "scroll")] }
        return moving + lists + [KeyHint("?", "help"), KeyHint("q", "quit")] + more
    }

    private func hints(of question: Question) -> [KeyHint] {
        var hints = question.dialog.buttons.compactMap { button in
            button.key.map { KeyHint(String($0), button.label.lowercased()) }
        }
        if case .plan(_, _, .plan?) = question.topic, !console.arming.isArmed(at: console.now), console.mayDecide {
            hints.append(KeyHint("w", "arm"))
        }
        if question.dialog.buttons.isEmpty { return hints + [KeyHint("Esc", "close")] }
        return hints + [KeyHint("Tab", "next button"), KeyHint("Esc", "cancel")]
    }

    private var moving: [KeyHint] {
        var hints: [KeyHint] = []
        let isArmed = console.arming.isArmed(at: console.now)
        if isArmed && console.choice(for: .approve).move != nil { hints.append(KeyHint("a", "approve")) }
        if isArmed, case .stepping(let phase)? = console.choice(for: .proceed).move?.move.state {
            hints.append(KeyHint("n", phase.name))
        }
        if [.dashboard, .associations, .gateways, .policies, .paths].contains(console.view) {
            hints.append(KeyHint("m", isArmed ? "move" : "plan"))
        }
        if isArmed, console.choice(for: .abort).move?.move.isAbortable == true {
            hints.append(KeyHint("x", "abort"))
        } else if isArmed, let drain = console.fleet.drain, drain.end == nil {
            hints.append(KeyHint("x", "stop drain"))
        }
        if !isArmed && console.mayDecide { hints.append(KeyHint("w", "arm")) }
        return hints
    }

    private var lists: [KeyHint] {
        var hints: [KeyHint] = []
        if console.view == .dashboard { hints.append(KeyHint("Tab", "pane")) }
        if console.view == .moves && console.shown.drain != nil {
            hints.append(KeyHint("Tab", console.isDrainFocused ? "moves" : "users"))
        }
        if console.view == .paths && console.shown.paths.count > 1 { hints.append(KeyHint("Tab", "plane")) }
        guard let list = console.list else { return hints }
        hints += [KeyHint("Enter", "detail"), KeyHint("/", "filter")]
        if !list.filter.isEmpty { hints.append(KeyHint("Esc", "show all")) }
        return hints
    }

    private var more: [KeyHint] {
        let freeze = KeyHint("Space", console.frozen == nil ? "freeze" : "go on")
        return (console.list?.sortTitles.isEmpty ?? true ? [] : [KeyHint("s", "sort")]) + [
            freeze, KeyHint(":", "command"),
        ]
    }
}
