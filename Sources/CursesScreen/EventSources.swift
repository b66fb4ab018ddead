internal import Dispatch
internal import Glibc

/// Listens to the terminal and to signals, without a timer: costs nothing while nothing happens.
@MainActor
final class EventSources {
    private let typed: any DispatchSourceRead
    private let signals: [any DispatchSourceSignal]
    private var isPaused = false

    /// The signals that a full screen program must see to itself.
    private static let numbers = [SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT]

    /// Reports each event on the main queue; after `.typed` nothing more is said of the terminal until ``listen()``.
    init<Message>(input: Int32, report: @escaping @Sendable @MainActor (SessionEvent<Message>) -> Void) {
        typed = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
        signals = Self.numbers.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
            source.setEventHandler { MainActor.assumeIsolated { report(.signal(number)) } }
            return source
        }
        typed.setEventHandler { [weak self] in
            MainActor.assumeIsolated {
                self?.pause()
                report(.typed)
            }
        }
        typed.activate()
        signals.forEach { $0.activate() }
    }

    /// Goes on listening to the terminal, when all that was typed has been read.
    func listen() {
        guard isPaused else { return }
        isPaused = false
        typed.resume()
    }

    /// Ends for good.
    func cancel() {
        typed.cancel()
        listen()
        signals.forEach { $0.cancel() }
    }

    private func pause() {
        guard !isPaused else { return }
        isPaused = true
        typed.suspend()
    }
}
