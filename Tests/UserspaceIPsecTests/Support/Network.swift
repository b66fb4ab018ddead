import IPPackets
import IPsec
import UserspaceIPsec

/// Nodes with a route for each address: carries what they send until all is quiet.
final class Network {
    private var nodes: [String: Node] = [:]
    /// Which node packets for an address go to.
    var routes: [IPAddress: String] = [:]
    /// What each node's host got, in order.
    private(set) var delivered: [String: [[UInt8]]] = [:]
    /// Packets that passed between two nodes, in order: from, to.
    private(set) var hops: [(String, String)] = []
    private(set) var unroutable = 0

    func add(_ name: String, _ node: Node, at addresses: [IPAddress]) {
        nodes[name] = node
        for address in addresses { routes[address] = name }
    }

    /// Has a node's host send a packet.
    func send(_ packet: [UInt8], at name: String, now: Duration = .zero) {
        if let node = nodes[name] { carry(node.send(packet, now: now), from: name, now: now) }
    }

    /// Carries out what a node wants done, and all that follows from it.
    func carry(_ outputs: [EngineOutput], from name: String, now: Duration = .zero) {
        var waiting = outputs.map { (name, $0) }
        while !waiting.isEmpty {
            let (from, output) = waiting.removeFirst()
            switch output {
            case .deliver(let packet, _): delivered[from, default: []].append(packet)
            case .event: break
            case .transmit(let packet, let realm):
                guard let parsed = try? IPPacket(packet), let to = routes[parsed.destination], let node = nodes[to]
                else {
                    unroutable += 1
                    continue
                }
                hops.append((from, to))
                waiting += node.receive(packet, realm: realm, now: now).map { (to, $0) }
            }
            precondition(hops.count < 100_000, "A packet goes round in circles.")
        }
    }

    /// The numbers of the sample packets that a host got, in order.
    func numbers(at name: String) -> [Int] {
        (delivered[name] ?? []).compactMap { packet in
            guard let content = (try? IPPacket(packet))?.udp?.content else { return nil }
            return String(decoding: content, as: UTF8.self).split(separator: " ").last.flatMap { Int($0) }
        }
    }
}
