import Foundation
import NIOCore
import NIOPosix
import StrongSwan
import Synchronization

/// Listens on a UNIX socket and answers as a test wants.
enum FakeCharon {
    /// What it does about a packet.
    enum Reaction: Sendable {
        case send([ViciPacket])
        /// Sends octets that may be no packet.
        case sendOctets([UInt8])
        /// Sends, and closes the connection.
        case end([ViciPacket])
        case silence
    }

    /// A path that nothing is at, short enough for a socket.
    static func freePath() -> String { "/tmp/vici-\(UUID().uuidString.prefix(8))" }

    /// Listens at `path` while `body` runs, and closes every connection after it.
    static func run(
        at path: String = freePath(), react: @escaping @Sendable (ViciPacket) -> Reaction,
        _ body: (String) async throws -> Void
    ) async throws {
        let connections = Connections()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                connections.add(channel)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FakeSession(react: react))
                }
            }
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(path)) } catch { outcome = .failure(error) }
        try await server.close()
        try? FileManager.default.removeItem(atPath: path)
        for channel in connections.end() { try? await channel.close() }
        try outcome.get()
    }
}

/// The connections that were made; none is kept after the end.
private final class Connections: Sendable {
    private let open = Mutex<[any Channel]?>([])

    func add(_ channel: any Channel) {
        let isOver = open.withLock { channels in
            channels?.append(channel)
            return channels == nil
        }
        if isOver { channel.close(promise: nil) }
    }

    func end() -> [any Channel] {
        open.withLock { channels in
            defer { channels = nil }
            return channels ?? []
        }
    }
}

/// One connection to the fake.
private final class FakeSession: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let react: @Sendable (ViciPacket) -> FakeCharon.Reaction
    private var segments = ViciSegments()

    init(react: @escaping @Sendable (ViciPacket) -> FakeCharon.Reaction) { self.react = react }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        segments.append(unwrapInboundIn(data).readableBytesView)
        do {
            while let packet = try segments.next() {
                switch react(packet) {
                case .send(let packets): send(try packets.flatMap(ViciSegments.segment), context)
                case .sendOctets(let octets): send(octets, context)
                case .end(let packets):
                    // Closed when the octets are in the socket, so that none is lost.
                    send(try packets.flatMap(ViciSegments.segment), context)
                        .assumeIsolated().whenComplete { _ in context.close(promise: nil) }
                case .silence: break
                }
            }
        } catch {
            context.close(promise: nil)
        }
    }

    @discardableResult
    private func send(_ octets: [UInt8], _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: octets)))
    }
}
