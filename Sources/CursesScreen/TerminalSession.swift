internal import Dispatch
internal import Glibc
package import Terminal

/// One program on one screen, until it ends.
///
/// Keys, signals, news and planned frames come through one stream and are handled one after another on the main actor.
/// While nothing happens nothing runs.
@MainActor
package final class TerminalSession<Running: Program> {
    private let screen: CursesScreen
    private var program: Running
    private let keyMessage: (Key) -> Running.Message
    private let sizeMessage: (Size) -> Running.Message
    private let taken: (Running.Message) -> Void
    private let perform: (Running.Command) -> AfterCommand
    private var pacer: FramePacer
    private var end: SessionEnd?
    private let events: AsyncStream<SessionEvent<Running.Message>>
    private let report: AsyncStream<SessionEvent<Running.Message>>.Continuation

    /// A session that has not begun.
    ///
    /// - Parameters:
    ///   - screen: Open; the session closes it at its end.
    ///   - framesPerSecond: The most for news; keys are drawn at once.
    ///   - key: The message that says a key was pressed.
    ///   - size: The message that says how large the screen is; it comes first of all, and whenever that changes.
    ///   - taken: Told each of the news when the program has taken it in: who brings news waits for it, so that they do
    ///     not pile up while the terminal is slow.
    ///   - perform: Carries out a command, at once; what takes time it starts elsewhere, to send news when it is done.
    package init(
        _ program: Running, on screen: CursesScreen, framesPerSecond: Int = 10,
        key: @escaping (Key) -> Running.Message, size: @escaping (Size) -> Running.Message,
        taken: @escaping @MainActor (Running.Message) -> Void = { _ in },
        perform: @escaping @MainActor (Running.Command) -> AfterCommand
    ) {
        (self.program, self.screen) = (program, screen)
        (keyMessage, sizeMessage, self.taken, self.perform) = (key, size, taken, perform)
        pacer = FramePacer(framesPerSecond: framesPerSecond)
        (events, report) = AsyncStream.makeStream()
    }

    /// Runs the program until it quits, a signal ends it or the terminal is gone; then the screen is closed.
    ///
    /// The program gets what `news` brings; that the news end does not end the session.
    package func run(news: AsyncStream<Running.Message>) async -> SessionEnd {
        let report = report
        let sources = EventSources(input: screen.input) { (event: SessionEvent<Running.Message>) in
            report.yield(event)
        }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await message in news { report.yield(.news(message)) }
            }
            send(sizeMessage(screen.size))
            draw()
            if end == nil { await handleEvents(sources) }
            group.cancelAll()
            sources.cancel()
            screen.close()
            return end ?? .terminalLost
        }
    }

    private func handleEvents(_ sources: EventSources) async {
        for await event in events {
            handle(event)
            sources.listen()
            if end != nil { return }
        }
    }

    private func handle(_ event: SessionEvent<Running.Message>) {
        switch event {
        case .typed: readKeys()
        case .news(let message): take(message)
        case .frameDue: if pacer.planIsDue() { draw() }
        case .signal(SIGWINCH): resize()
        case .signal(SIGTSTP): screen.stopProcess()
        case .signal(SIGCONT):
            screen.comeBack()
            resize()
        case .signal(let number): end = .signal(number)
        }
    }

    private func readKeys() {
        var hasKeys = false
        while end == nil, let key = screen.readKey() {
            hasKeys = true
            if key == .control("l") { screen.repaint() }
            send(keyMessage(key))
        }
        if hasKeys {
            draw()
        } else if screen.isLost {
            end = .terminalLost
        }
    }

    private func resize() {
        _ = screen.takeSize()
        send(sizeMessage(screen.size))
        draw()
    }

    private func take(_ message: Running.Message) {
        send(message)
        taken(message)
        switch pacer.news(at: .now) {
        case .draw: draw()
        case .isPlanned: break
        case .drawAfter(let delay):
            let report = report
            DispatchQueue.main.asyncAfter(deadline: .now() + delay.timeInterval) { report.yield(.frameDue) }
        }
    }

    private func send(_ message: Running.Message) {
        for command in program.update(message) where end == nil {
            switch perform(command) {
            case .goOn: break
            case .use(let theme): screen.theme = theme
            case .quit(let status): end = .quit(status: status)
            }
        }
    }

    private func draw() {
        guard end == nil else { return }
        var screen = screen
        screen.show(program)
        pacer.drew(at: .now)
    }
}

extension Duration {
    fileprivate var timeInterval: DispatchTimeInterval {
        .nanoseconds(Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000))
    }
}
