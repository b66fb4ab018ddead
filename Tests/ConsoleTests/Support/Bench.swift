import Console
import ForwardingPath
import GatewayAPI
import Terminal

/// A console on a bench: fed with messages by hand, looked at as a picture.
struct Bench {
    var console: ConsoleProgram
    var now = Figure10.start
    let size: Size

    /// A console that knows its gateways by their addresses, and has heard nothing of them.
    init(unreached size: Size, options: ConsoleOptions = ConsoleOptions(opensArmed: true)) {
        self.size = size
        console = ConsoleProgram(gateways: Figure10.nodes.map { Figure10.label($0.name) }, options: options)
        send(.resize(size))
    }

    /// All gateways of figure 10 reached, on a screen of some size, with no key pressed yet.
    init(
        columns: Int = 80, rows: Int = 24, options: ConsoleOptions = ConsoleOptions(opensArmed: true),
        as role: CallerRole = .operator, holder: NodeName = "SG1", moves: [ReportedMove] = []
    ) throws {
        self.init(unreached: Size(columns: columns, rows: rows), options: options)
        for node in Figure10.nodes {
            let isParty = ["PR", "SG1", "NR", "SG2"].contains(node.name)
            try connect(
                node.name, as: role, holder: holder, moves: isParty ? moves : [],
                events: node.name == "PR" ? Figure10.events : [])
        }
    }

    /// A gateway answers: who it is and what it has.
    mutating func connect(
        _ node: NodeName, as role: CallerRole = .operator, holder: NodeName = "SG1", moves: [ReportedMove] = [],
        events: [ReportedEvent] = []
    ) throws {
        var description = Figure10.description(node, as: role)
        description.clock = now
        tell(node, .described(description))
        let snapshot = try Figure10.snapshot(node, holder: holder, moves: moves, events: events)
        tell(node, .updated(WatchUpdate(clock: now, .snapshot(snapshot))))
    }

    /// Time goes by.
    mutating func wait(milliseconds: UInt64) {
        now = ClockTime(milliseconds: now.milliseconds + milliseconds)
    }

    /// Presses keys, so long apart; returns what the last one led to.
    @discardableResult
    mutating func press(_ keys: Key..., every milliseconds: UInt64 = 1000) -> [ConsoleCommand] {
        var commands: [ConsoleCommand] = []
        for key in keys {
            wait(milliseconds: milliseconds)
            commands = send(.key(key, at: now))
        }
        return commands
    }

    /// Presses one key after a second.
    @discardableResult
    mutating func press(_ key: Character) -> [ConsoleCommand] { press(.character(key)) }

    /// Types a line and Enter.
    @discardableResult
    mutating func type(_ line: String) -> [ConsoleCommand] {
        for character in line { press(.character(character), every: 400) }
        return press(.enter)
    }

    @discardableResult
    mutating func tell(_ node: NodeName, _ news: GatewayNews) -> [ConsoleCommand] {
        send(.gateway(Figure10.label(node), news, at: now))
    }

    /// Tells changes of one gateway.
    mutating func change(_ node: NodeName, _ kinds: GatewayChange.Kind...) {
        let changes = kinds.map { GatewayChange(revision: 2, $0) }
        tell(node, .updated(WatchUpdate(clock: now, .changes(changes))))
    }

    /// Tells packets of both SAs, a quarter of a second after the others, so many times.
    mutating func traffic(at node: NodeName, from packets: UInt64 = 12_000, times: Int, each: UInt64 = 250) throws {
        for step in 1...UInt64(times) {
            wait(milliseconds: 250)
            for name in ["down", "up"] {
                let association = try Figure10.association(name, at: node, packets: packets + step * each)
                change(node, .traffic(association.identifier, association.traffic))
            }
        }
    }

    /// Sends a message; returns the commands, those about ticks left out.
    @discardableResult
    mutating func send(_ message: ConsoleMessage) -> [ConsoleCommand] {
        console.update(message).filter { command in
            if case .tick = command { return false }
            return true
        }
    }

    /// What the screen shows, with the cues of the theme that has no colours.
    func canvas(_ glyphs: Glyphs = .unicode) throws -> Canvas {
        let cues = try BuiltInThemes.theme(named: "mono").cues(for: glyphs)
        var canvas = Canvas(columns: size.columns, rows: size.rows, glyphs: glyphs, cues: cues)
        console.view(on: &canvas)
        return canvas
    }

    /// The rows of the screen.
    func picture(_ glyphs: Glyphs = .unicode) throws -> [String] { try canvas(glyphs).lines }

    /// All of the screen as one text.
    var text: String { get throws { try picture().joined(separator: "\n") } }

    /// The line at the bottom.
    var footer: String { get throws { try picture().last ?? "" } }
}
