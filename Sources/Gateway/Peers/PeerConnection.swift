import ForwardingPath
import NIOCore

/// A TCP connection with its gate, before or after it was opened.
struct PeerConnection: Sendable {
    /// The connection.
    let channel: any Channel
    /// Who is at the other end; fails with a ``PeerRefusal``.
    let admitted: EventLoopFuture<NodeName>

    /// Sets up a new channel, on its event loop.
    init(
        _ channel: any Channel, _ handlers: [any ChannelHandler], admitted: EventLoopFuture<NodeName>
    ) throws {
        try channel.pipeline.syncOperations.addHandlers(handlers)
        (self.channel, self.admitted) = (channel, admitted)
    }
}

extension PeerConnection {
    /// Returns once the socket is closed.
    func closed() async { try? await channel.closeFuture.get() }

    /// Closes the socket; without an effect when it is closed already.
    func close() { channel.close(promise: nil) }
}
