package import Credentials
package import ForwardingPath
package import Logging
import NIOCore
import NIOPosix

/// This daemon's links to the other routers of its network: whole CXTP messages over TLS 1.3 over TCP.
///
/// Each direction has a connection of its own, which its sender dials. So who dials knows whom it wants and who listens
/// learns it from the certificate; no two connections compete to be the one, and a restart heals each side by itself.
///
/// Messages to one node arrive in the order of their sending, or not at all: what is lost with a connection or pushed out
/// of a full queue is not repeated here, because the protocol repeats.
package final class PeerLinks: Sendable {
    /// The TCP port of CXTP.
    package static let defaultPort: UInt16 = 5091

    /// This daemon's node.
    package let node: NodeName
    /// What the other nodes say, for one consumer.
    package let incoming: AsyncStream<(from: NodeName, message: HeldMessage)>
    /// A node is up while there is a connection with it in either direction; for one consumer.
    package let changes: AsyncStream<(NodeName, isUp: Bool)>

    private let received: AsyncStream<(from: NodeName, message: HeldMessage)>.Continuation
    private let changed: AsyncStream<(NodeName, isUp: Bool)>.Continuation
    private let peers = PeerDirectory()
    /// `nil` on a trusted network.
    private let tls: Current<PeerTLS>?
    private let launches: AsyncStream<Launch>
    private let makePeer: @Sendable (NodeName) -> PeerDirectory.Peer
    private let table: ConnectionTable
    private let listener: PeerListener
    private let listening: EventLoopPromise<UInt16>
    private let logger: Logger

    /// A dialler that is to run until the other stream ends.
    private struct Launch: Sendable {
        let dialler: PeerDialler
        let end: AsyncStream<Never>
    }

    /// The links of the router that `credential` belongs to.
    ///
    /// - Parameters:
    ///   - credential: This daemon's own; its certificate says which node this is.
    ///   - authority: The certificate that signs every router's, PEM.
    ///   - endpoint: Where to listen; port 0 for any free one.
    ///   - nodes: Who may speak and be spoken to at first; this node itself is left out.
    ///   - endpoints: Where a node listens, asked anew for each connection.
    ///   - trusted: Where to speak plain TCP in place of TLS; `nil`: nowhere.
    ///   - tap: Sees each message as it goes out in the clear, with its receiver.
    /// - Throws: ``PeerLinksError``, when the credential is not a router's or TLS cannot use it.
    package init(
        credential: Credential, authority: String, listen endpoint: Endpoint, nodes: Set<NodeName>,
        endpoints: @escaping @Sendable (NodeName) -> Endpoint?, limits: PeerLimits = PeerLimits(),
        trusted: TrustedNetwork? = nil, tap: (@Sendable (NodeName, [UInt8]) -> Void)? = nil, logger: Logger
    ) throws(PeerLinksError) {
        precondition(tap == nil || trusted != nil, "What TLS keeps secret is not tapped.")
        guard let node = credential.identity.node else { throw .notARouter(credential.identity) }
        let security: PeerSecurity
        if let trusted {
            (security, tls) = (.trusted(trusted), nil)
        } else {
            let current = Current(try PeerTLS(credential, authority: authority))
            (security, tls) = (.tls(current), current)
        }
        let (incoming, received) = AsyncStream.makeStream(
            of: (from: NodeName, message: HeldMessage).self, bufferingPolicy: .bufferingOldest(limits.incoming))
        let (changes, changed) = AsyncStream.makeStream(of: (NodeName, isUp: Bool).self)
        let table = ConnectionTable(unauthenticated: limits.unauthenticated) { changed.yield(($0, isUp: $1)) }
        let (launches, launching) = AsyncStream.makeStream(of: Launch.self)
        makePeer = { other in
            let (queue, queueing) = AsyncStream.makeStream(
                of: HeldMessage.self, bufferingPolicy: .bufferingNewest(limits.outgoing))
            let (end, ending) = AsyncStream.makeStream(of: Never.self)
            let dialler = PeerDialler(
                own: node, node: other, queue: queue, security: security, tap: tap, limits: limits,
                endpoints: endpoints,
                table: table, logger: logger)
            launching.yield(Launch(dialler: dialler, end: end))
            return PeerDirectory.Peer(queue: queueing, ending: ending)
        }
        listener = PeerListener(
            endpoint: endpoint, security: security, peers: peers, limits: limits, table: table, logger: logger
        ) { from, message in
            if case .dropped = received.yield((from: from, message: message)) {
                logger.warning("Dropped a received message: too many wait", metadata: ["peer": "\(from)"])
            }
        }
        listening = MultiThreadedEventLoopGroup.singleton.next().makePromise()
        (self.node, self.incoming, self.changes, self.launches) = (node, incoming, changes, launches)
        (self.received, self.changed, self.table, self.logger) = (received, changed, table, logger)
        _ = peers.replace(with: nodes.subtracting([node]), make: makePeer)
    }

    deinit { listening.fail(PeerLinksError.notListening) }

    /// The port that is listened on; waits until ``run()`` listens, and throws when it does no more.
    package var boundPort: UInt16 {
        get async throws { try await listening.futureResult.get() }
    }

    /// Proves by another credential of the same node who this is, and checks the others by another authority, on connections
    /// that begin from now on; those that are open go on. On a trusted network it changes nothing.
    ///
    /// - Throws: ``PeerLinksError/unusable(_:)``; then all stays as it was.
    package func renew(_ credential: Credential, authority: String) throws(PeerLinksError) {
        precondition(credential.identity.node == node, "Links stay those of the same node.")
        tls?.value = try PeerTLS(credential, authority: authority)
    }

    /// Makes these the nodes that may speak and be spoken to, without this one, at once. What waits for others is
    /// dropped; they are returned, to be dismissed.
    package func replace(nodes: Set<NodeName>) -> Set<NodeName> {
        Set(peers.replace(with: nodes.subtracting([node]), make: makePeer))
    }

    /// Closes the connections of nodes that may not speak any more.
    package func dismiss(_ nodes: Set<NodeName>) async {
        for node in nodes { await table.dismiss(node) }
    }

    /// Queues one whole message and returns at once; when the queue is full, its oldest message is dropped.
    ///
    /// The message's header has to say its length and version 1. A message to a node that is not known is dropped.
    /// It is overwritten once it is on its way, or dropped: the caller keeps no copy.
    package func send(_ message: consuming [UInt8], to node: NodeName) {
        precondition(MessageFraming.isWhole(message), "A message to be sent has to be as long as its header says.")
        guard let queue = peers.queue(of: node) else {
            logger.warning("Dropped a message: its node is not known", metadata: ["peer": "\(node)"])
            return
        }
        if case .dropped = queue.yield(HeldMessage(message)) {
            logger.warning("Dropped the oldest message: too many wait", metadata: ["peer": "\(node)"])
        }
    }

    /// Tells those who wait for ``boundPort`` that nobody will listen.
    package func stop() { listening.fail(PeerLinksError.notListening) }

    /// Listens, dials and carries until it is cancelled; then every socket is closed and the streams end. Once only.
    ///
    /// - Throws: ``PeerLinksError/cannotListen(_:reason:)``, for example when the port is taken.
    package func run() async throws {
        defer {
            listening.fail(PeerLinksError.notListening)
            received.finish()
            changed.finish()
        }
        do {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await self.dial() }
                try await listener.run { listening.succeed($0) }
                group.cancelAll()
            }
        } catch is CancellationError {
            // Being cancelled is how it ends.
        }
    }

    /// Runs the diallers, each until its node is a peer no more.
    private func dial() async {
        await withDiscardingTaskGroup { group in
            for await launch in launches {
                group.addTask {
                    await withDiscardingTaskGroup { group in
                        group.addTask { await launch.dialler.run() }
                        for await _ in launch.end {}
                        group.cancelAll()
                    }
                }
            }
            group.cancelAll()
        }
    }
}
