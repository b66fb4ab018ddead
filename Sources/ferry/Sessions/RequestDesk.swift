import Console
import ContextTransfer
import GatewayAPI

/// Carries out what the console wants of gateways, and tells it the answers.
struct RequestDesk: Sendable {
    private let links: [GatewayLabel: GatewayLink]
    private let clock: ConsoleClock
    private let feed: AsyncStream<ConsoleMessage>.Continuation
    private let commands: AsyncStream<ConsoleCommand>
    private let commanding: AsyncStream<ConsoleCommand>.Continuation

    init(links: [GatewayLabel: GatewayLink], clock: ConsoleClock, feed: AsyncStream<ConsoleMessage>.Continuation) {
        (self.links, self.clock, self.feed) = (links, clock, feed)
        (commands, commanding) = AsyncStream.makeStream()
    }

    /// Takes a command; it is carried out meanwhile.
    func take(_ command: ConsoleCommand) { commanding.yield(command) }

    /// Carries out until cancelled.
    func run() async {
        let (wakes, waking) = AsyncStream.makeStream(of: Duration?.self, bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            group.addTask { await Ticker().run(wakes) { feed.yield(.tick(clock.now)) } }
            for await command in commands {
                switch command {
                case .plan(let label, let selection): group.addTask { await plan(label, selection) }
                case .request(let label, let request): group.addTask { await answer(label, request) }
                case .trace(let label, let move): group.addTask { await trace(label, move) }
                case .drained(let label, let query): group.addTask { await drained(label, query) }
                case .tick(let seconds): waking.yield(seconds.map { .seconds($0) })
                case .quit: break
                }
            }
            group.cancelAll()
        }
    }

    private func plan(_ label: GatewayLabel, _ selection: MoveSelection) async {
        guard let link = links[label] else { return }
        let answer: PlanAnswer
        do throws(RequestFailure) { answer = .plan(try await link.plan(selection)) } catch {
            answer = .failure(error.description)
        }
        feed.yield(.planned(label, selection, answer, at: clock.now))
    }

    private func answer(_ label: GatewayLabel, _ request: GatewayRequest) async {
        guard let link = links[label] else { return }
        let answer: RequestAnswer
        do throws(RequestFailure) {
            answer = try await Self.carryOut(request, over: link)
        } catch {
            answer = if case .refused(.outOfDate) = error { .outOfDate } else { .failure(error.description) }
        }
        feed.yield(.answered(label, request, answer, at: clock.now))
    }

    private func trace(_ label: GatewayLabel, _ move: MoveID) async {
        guard let link = links[label], let messages = try? await link.trace(move) else { return }
        feed.yield(.traced(label, move, messages, at: clock.now))
    }

    private func drained(_ label: GatewayLabel, _ query: DrainedQuery) async {
        guard let link = links[label] else { return }
        let answer: DrainedAnswer
        do throws(RequestFailure) { answer = .report(try await link.drained(query)) } catch {
            answer = .failure(error.description)
        }
        feed.yield(.drained(label, query, answer, at: clock.now))
    }

    private static func carryOut(
        _ request: GatewayRequest, over link: GatewayLink
    ) async throws(RequestFailure) -> RequestAnswer {
        switch request {
        case .move(let order): .moves(try await link.move(order))
        case .drain(let order): .drain(try await link.drain(order))
        case .seek(let wish): .path(try await link.seekPath(wish))
        case .stopDrain(let gateway): .drain(try await link.stopDrain(of: gateway))
        case .approve(let id): .moves([try await link.approve(id)])
        case .deny(let id): .moves([try await link.deny(id)])
        case .abort(let id): .moves([try await link.abort(id)])
        case .proceed(let id): .moves([try await link.proceed(id)])
        }
    }
}
