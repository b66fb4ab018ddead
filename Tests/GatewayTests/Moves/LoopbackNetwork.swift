import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Synchronization
import UserspaceIPsec

/// The network of the draft's figure 10 with real stacks on loopback sockets: MN and RN at the ends, and the parties of
/// a move at PR, NR, SG1 and SG2. Their messages go from one to the other within the process.
final class LoopbackNetwork: Sendable {
    static let mobileNode = IPAddress(v4: 127, 10, 0, 1)
    static let remoteNode = IPAddress(v4: 127, 10, 0, 7)
    /// The address of whichever gateway has the SAs.
    static let gateway = IPAddress(v4: 127, 10, 0, 9)
    static let routers: [NodeName: IPAddress] = [
        "PR": IPAddress(v4: 127, 10, 0, 2), "SG1": IPAddress(v4: 127, 10, 0, 3),
        "NR": IPAddress(v4: 127, 10, 0, 4), "SG2": IPAddress(v4: 127, 10, 0, 5),
    ]

    let routes: Routes
    let stacks: [NodeName: UserspaceStack]
    let parties: [NodeName: MovesInProgress]
    let exchange: PacketExchange
    private let post: Shared

    /// Where each address is on the virtual wire; the gateway's address and the way to MN from inside move.
    final class Routes: Sendable {
        private let table = Mutex<[IPAddress: WireEndpoint]>([:])
        func set(_ address: IPAddress, _ endpoint: WireEndpoint) { table.withLock { $0[address] = endpoint } }
        func callAsFunction(_ address: IPAddress) -> WireEndpoint? { table.withLock { $0[address] } }
    }

    init() throws {
        let routes = Routes()
        let exchange = PacketExchange()
        var stacks: [NodeName: UserspaceStack] = [:]
        for (name, address) in Self.routers {
            let others = Self.routers.values.filter { $0 != address }.map { ScopedAddress($0) }
            stacks[name] = try Self.stack([address], peers: others, { routes($0) }, { _ in })
            stacks[name]?.claim(ScopedAddress(Self.gateway))
        }
        stacks["MN"] = try Self.stack([Self.mobileNode], peers: [], { routes($0) }, { exchange.arrived($0, at: "MN") })
        // Inside, the way to MN leads through the gateway.
        stacks["RN"] = try Self.stack(
            [Self.remoteNode], peers: [], { routes($0 == Self.mobileNode ? Self.gateway : $0) },
            { exchange.arrived($0, at: "RN") })
        let places = Self.routers.merging(["MN": Self.mobileNode, "RN": Self.remoteNode]) { first, _ in first }
        for (name, address) in places {
            if let endpoint = stacks[name]?.endpoint { routes.set(address, endpoint) }
        }
        if let endpoint = stacks["SG1"]?.endpoint { routes.set(Self.gateway, endpoint) }
        self.routes = routes
        self.stacks = stacks
        self.exchange = exchange
        (parties, post) = Self.parties(stacks, routes)
        if let mobile = stacks["MN"], let remote = stacks["RN"] { exchange.connect(mobile: mobile, remote: remote) }
    }

    /// Runs the parties and carries their messages until cancelled.
    func runParties() async {
        await withDiscardingTaskGroup { group in
            for parties in parties.values { group.addTask { await parties.run() } }
            group.addTask { await self.post.run() }
        }
    }

    private static func stack(
        _ addresses: [IPAddress], peers: [ScopedAddress], _ routes: @escaping @Sendable (IPAddress) -> WireEndpoint?,
        _ onDelivery: @escaping @Sendable ([UInt8]) -> Void
    ) throws -> UserspaceStack {
        let engine = EngineConfiguration(addresses: Set(addresses.map { ScopedAddress($0) }), peers: Set(peers))
        return try UserspaceStack(
            StackConfiguration(
                engine: engine, endpoint: WireEndpoint(address: 0x7f00_0001, port: 0), routes: { routes($1) },
                onDelivery: onDelivery))
    }

    private static func parties(
        _ stacks: [NodeName: UserspaceStack], _ routes: Routes
    ) -> ([NodeName: MovesInProgress], Shared) {
        let directory = Mutex<[NodeName: MovesInProgress]>([:])
        let shared = Shared(directory)
        for name in routers.keys {
            guard let stack = stacks[name] else { continue }
            let endpoint = stack.endpoint
            let notes = Notes()
            let environment = MoveEnvironment(
                send: { shared.send($0, to: $1) },
                record: { notes.keep($0) }, recall: { notes[$0] },
                redirect: { _ in routes.set(gateway, endpoint) },
                forwardingTarget: { routers[$0].map { ForwardingTarget(address: $0) } })
            shared.add(MovesInProgress(node: name, stack: stack, environment: environment))
        }
        return (shared.all, shared)
    }

    /// The journal of one node, in memory.
    private final class Notes: Sendable {
        private let table = Mutex<[MovePartyKey: MoveNote]>([:])
        subscript(key: MovePartyKey) -> MoveNote? { table.withLock { $0[key] } }
        func keep(_ note: MoveNote) { table.withLock { $0[note.key] = note } }
    }

    /// The parties by name, filled before anybody asks.
    private final class Shared: Sendable {
        private let table: Mutex<[NodeName: MovesInProgress]>
        private let letters: AsyncStream<(MoveEnvelope, NodeName)>
        private let posting: AsyncStream<(MoveEnvelope, NodeName)>.Continuation

        init(_ table: consuming Mutex<[NodeName: MovesInProgress]>) {
            self.table = table
            (letters, posting) = AsyncStream.makeStream()
        }

        func send(_ envelope: MoveEnvelope, to receiver: NodeName) { posting.yield((envelope, receiver)) }

        /// Hands over what is sent, one after the other.
        func run() async { for await (envelope, receiver) in letters { await self[receiver]?.deliver(envelope) } }

        subscript(name: NodeName) -> MovesInProgress? { table.withLock { $0[name] } }
        func add(_ parties: MovesInProgress) { table.withLock { $0[parties.node] = parties } }
        var all: [NodeName: MovesInProgress] { table.withLock { $0 } }
    }
}
