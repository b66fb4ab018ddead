import ForwardingPath
import Logging
import NIOCore
import NIOPosix

/// Accepts the connections of other routers and hands on what they say.
struct PeerListener: Sendable {
    /// Where it listens.
    let endpoint: Endpoint
    /// Proves who this is and who the others are.
    let security: PeerSecurity
    /// Who may speak.
    let peers: PeerDirectory
    /// What a stranger can take.
    let limits: PeerLimits
    /// Is told of every connection.
    let table: ConnectionTable
    /// Is told of what was refused.
    let logger: Logger
    /// Takes a message and who sent it, on an event loop; it must not wait.
    let deliver: @Sendable (NodeName, HeldMessage) -> Void

    /// Listens; `isListening` is told the port. Ends when it is cancelled, with every socket closed.
    func run(isListening: @Sendable (UInt16) -> Void) async throws {
        let channels = AcceptedChannels()
        defer { channels.end() }
        let server = try await bind(channels)
        try await server.executeThenClose { accepted in
            isListening(UInt16(server.channel.localAddress?.port ?? 0))
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in accepted {
                    await table.accepted(connection.channel)
                    group.addTask { await serve(connection) }
                }
                group.cancelAll()
            }
        }
    }

    private func bind(
        _ channels: AcceptedChannels
    ) async throws(PeerLinksError) -> NIOAsyncChannel<PeerConnection, Never> {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        do {
            return try await TCPOptions.all.reduce(bootstrap) { $0.childChannelOption($1.0, value: $1.1) }
                .bind(host: endpoint.host, port: Int(endpoint.port)) { channel in
                    channels.add(channel)
                    return channel.eventLoop.makeCompletedFuture { try connection(channel) }
                }
        } catch {
            throw .cannotListen(endpoint, reason: "\(error)")
        }
    }

    private func connection(_ channel: any Channel) throws -> PeerConnection {
        try security.accepted(channel, rule: .oneOf(peers.names), timeout: limits.handshake) { node in
            MessageReader(from: node, timeout: limits.message, logger: logger) { deliver(node, $0) }
        }
    }

    private func serve(_ connection: PeerConnection) async {
        await withTaskCancellationHandler {
            var node: NodeName?
            do {
                let admitted = try await connection.admitted.get()
                node = admitted
                await table.heard(admitted, on: connection.channel)
                // It may have become a stranger while it authenticated.
                if !peers.contains(admitted) { connection.close() }
            } catch {
                // The address is where to look, and says nothing of who it was.
                let address = connection.channel.remoteAddress.map { "\($0)" } ?? "unknown"
                logger.warning("Refused a connection", metadata: ["reason": "\(error)", "address": "\(address)"])
            }
            await connection.closed()
            await table.closed(connection.channel, of: node)
        } onCancel: {
            connection.close()
        }
    }
}
