import Glibc
import NIOCore
import NIOPosix

/// An open UNIX socket to charon.
struct ViciConnection {
    private let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Opens the socket, gives it to `body`, and closes it.
    static func open<Value: Sendable>(
        _ path: String, _ body: @Sendable (ViciConnection) async throws -> Value
    ) async throws(ViciFailure) -> Value {
        let channel = try await connect(path)
        do {
            return try await channel.executeThenClose { inbound, outbound in
                try await body(ViciConnection(inbound: inbound, outbound: outbound))
            }
        } catch let failure as ViciFailure {
            throw failure
        } catch let error as ViciError {
            throw .malformed(error)
        } catch {
            throw Task.isCancelled ? .cancelled : .broken("\(error)")
        }
    }

    private static func connect(_ path: String) async throws(ViciFailure) -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
                }
        } catch let error as IOError {
            throw .unreachable(path: path, reason: String(cString: strerror(error.errnoCode)))
        } catch {
            throw .unreachable(path: path, reason: "\(error)")
        }
    }

    /// Sends a packet.
    func send(_ packet: ViciPacket) async throws {
        try await outbound.write(ByteBuffer(bytes: ViciSegments.segment(packet)))
    }

    /// Gives `body` each packet that comes, until it returns a value; throws ``ViciFailure/closed`` when charon ends.
    func packets<Value>(_ body: (ViciPacket) async throws -> Value?) async throws -> Value {
        var segments = ViciSegments()
        for try await buffer in inbound {
            segments.append(buffer.readableBytesView)
            while let packet = try segments.next() {
                if let value = try await body(packet) { return value }
            }
        }
        throw Task.isCancelled ? ViciFailure.cancelled : .closed
    }
}
