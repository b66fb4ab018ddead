import ForwardingPath
import Logging
import NIOCore
import NIOPosix

/// Connects to one node when there is something to send to it, and sends.
struct PeerDialler: Sendable {
    /// Who dials.
    let own: NodeName
    /// Who is dialled.
    let node: NodeName
    /// What is to be sent.
    let queue: AsyncStream<HeldMessage>
    /// Proves who this is and who the other is.
    let security: PeerSecurity
    /// Sees what is sent on a trusted network.
    let tap: (@Sendable (NodeName, [UInt8]) -> Void)?
    /// How long the handshake may take.
    let limits: PeerLimits
    /// Where a node listens.
    let endpoints: @Sendable (NodeName) -> Endpoint?
    /// Is told of every connection.
    let table: ConnectionTable
    /// Is told of what failed.
    let logger: Logger

    /// Ends when it is cancelled, with the socket closed.
    func run() async {
        var messages = queue.makeAsyncIterator()
        var unsent = await messages.next()
        var backoff = Backoff()
        while let message = unsent {
            guard let connection = await connect(&backoff) else { return }
            let start = ContinuousClock.now
            unsent = await send(message, over: connection, then: &messages)
            if start.duration(to: .now) >= Backoff.longest {
                backoff = Backoff()
            } else {
                // Refused after TLS's handshake, or lost at once: not to be tried again without a pause.
                try? await Task.sleep(for: backoff.next())
            }
        }
    }

    /// Tries until it succeeds; `nil` when cancelled.
    private func connect(_ backoff: inout Backoff) async -> PeerConnection? {
        var last: String?
        while !Task.isCancelled {
            do {
                return try await dial()
            } catch {
                let reason = "\(error)"
                logger.log(
                    level: reason == last ? .debug : .warning, "No link to a router",
                    metadata: ["peer": "\(node)", "reason": "\(reason)"])
                last = reason
            }
            try? await Task.sleep(for: backoff.next())
        }
        return nil
    }

    /// A connection to the node and no other.
    private func dial() async throws -> PeerConnection {
        guard let endpoint = endpoints(node) else { throw PeerRefusal.noEndpoint }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let begun = loop.makePromise(of: (any Channel).self)
        defer { begun.fail(PeerRefusal.closed) }
        return try await withTaskCancellationHandler {
            let connection = try await open(endpoint, on: loop, begun: begun)
            do {
                _ = try await connection.admitted.get()
                return connection
            } catch {
                await connection.closed()
                throw error
            }
        } onCancel: {
            begun.futureResult.whenSuccess { $0.close(promise: nil) }
        }
    }

    private func open(
        _ endpoint: Endpoint, on loop: any EventLoop, begun: EventLoopPromise<any Channel>
    ) async throws(PeerRefusal) -> PeerConnection {
        do {
            return try await TCPOptions.all
                .reduce(ClientBootstrap(group: loop)) { $0.channelOption($1.0, value: $1.1) }
                .connectTimeout(PeerLimits.connect)
                .connect(host: endpoint.host, port: Int(endpoint.port)) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        begun.succeed(channel)
                        return try connection(channel)
                    }
                }
        } catch {
            throw .unreachable("\(error)")
        }
    }

    private func connection(_ channel: any Channel) throws -> PeerConnection {
        try security.dialled(channel, rule: .exactly(node), timeout: limits.handshake) { node in
            SilentReader(from: node, logger: logger)
        }
    }

    /// Sends until the connection fails; returns the message that it did not take, `nil` when cancelled.
    private func send(
        _ first: HeldMessage, over connection: PeerConnection, then messages: inout AsyncStream<HeldMessage>.Iterator
    ) async -> HeldMessage? {
        var unsent: HeldMessage? = first
        var greeting = greeting(before: first)
        await table.opened(node, connection.channel)
        async let gone: Void = watch(connection)
        await withTaskCancellationHandler {
            while let message = unsent {
                let buffer = message.read { octets in
                    tap?(node, octets)
                    return ByteBuffer(bytes: octets)
                }
                do {
                    defer { buffer.overwrite() }
                    if let octets = greeting {
                        tap?(node, octets)
                        try await connection.channel.writeAndFlush(ByteBuffer(bytes: octets)).get()
                        greeting = nil
                    }
                    try await connection.channel.writeAndFlush(buffer).get()
                } catch {
                    logger.debug("Sends a message again", metadata: ["peer": "\(node)", "reason": "\(error)"])
                    break
                }
                unsent = await messages.next()
            }
        } onCancel: {
            connection.close()
        }
        connection.close()
        await gone
        return unsent
    }

    /// What a connection without certificates begins with where its first message does not say who speaks.
    private func greeting(before message: HeldMessage) -> [UInt8]? {
        switch security {
        case .tls: nil
        case .trusted: message.read { FirstMessage.greeting(from: own, to: node, before: $0) }
        }
    }

    private func watch(_ connection: PeerConnection) async {
        await connection.closed()
        await table.closed(connection.channel, of: node)
    }
}
