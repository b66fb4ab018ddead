import NIOCore
import NIOPosix

/// A listener that accepts connections and says nothing.
struct Silence: Sendable {
    let port: UInt16
    private let channel: any Channel
    private let dialled: AsyncStream<Void>

    init() async throws {
        let (dialled, continuation) = AsyncStream.makeStream(of: Void.self)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                continuation.yield()
                return child.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.dialled = dialled
        port = UInt16(channel.localAddress?.port ?? 0)
    }

    /// Returns when somebody has connected.
    func isDialled() async { for await _ in dialled { break } }

    func end() async { try? await channel.close().get() }
}
