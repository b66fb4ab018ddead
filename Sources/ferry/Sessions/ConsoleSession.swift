import ConfigurationFiles
import Console
import CursesScreen
import Foundation
import GatewayAPI
import Terminal

/// The console on this terminal, connected to gateways, until its user leaves it.
@MainActor
struct ConsoleSession {
    /// Where the gateways are.
    let access: GatewayAccess
    let options: ConsoleOptions
    /// The name or file of the theme; `nil`: the default.
    let theme: String?
    let screen: ScreenOptions
    /// What to do where there is no terminal.
    let withoutTerminal: String

    /// Returns the status to exit with.
    func run() async throws -> Int32 {
        let search = ThemeSearch(ConfigurationSearch(environment: ProcessInfo.processInfo.environment))
        let opened: CursesScreen
        do {
            opened = try CursesScreen(theme: try search.theme(theme ?? "default"), options: screen)
        } catch ScreenError.notATerminal {
            throw CommandFailure(.usage, "\(ScreenError.notATerminal): \(withoutTerminal)")
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
        let clock = ConsoleClock()
        let (news, feed) = AsyncStream.makeStream(of: ConsoleMessage.self)
        let links = access.addresses.map { address in
            (GatewayLabel(address.description), GatewayLink(address: address, tls: access.tls))
        }
        let pumps = Dictionary(links.map { ($0.0, NewsPump()) }) { first, _ in first }
        let desk = RequestDesk(links: Dictionary(links) { first, _ in first }, clock: clock, feed: feed)
        return await withTaskGroup(of: Void.self) { group in
            for (label, link) in links {
                group.addTask { await link.run() }
                group.addTask {
                    await pumps[label]?.run(link.news) { feed.yield(.gateway(label, GatewayNews($0), at: clock.now)) }
                }
            }
            group.addTask { await desk.run() }
            let program = ConsoleProgram(gateways: links.map(\.0), options: options)
            let session = TerminalSession(
                program, on: opened, key: { .key($0, at: clock.now) }, size: { .resize($0) },
                taken: { if case .gateway(let label, _, _) = $0 { pumps[label]?.wasTaken() } }
            ) { command in
                guard command != .quit else { return .quit(status: 0) }
                desk.take(command)
                return .goOn
            }
            let end = await session.run(news: news)
            group.cancelAll()
            return end.exitStatus
        }
    }
}

extension GatewayNews {
    /// What a link tells, for the console.
    fileprivate init(_ news: LinkNews) {
        self =
            switch news {
            case .connecting: .connecting
            case .described(let description): .described(description)
            case .updated(let update): .updated(update)
            case .unreachable(let reason): .unreachable(reason: reason)
            }
    }
}
