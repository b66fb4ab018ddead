import IPPackets
import ConfigurationFiles
import ForwardingPath
import IPsec
import UserspaceIPsec

/// Sends the packets of one flow at its rate, until it is cancelled.
struct TrafficGenerator {
    let index: Int
    let flow: TrafficFlow
    let network: Network
    let stack: UserspaceStack
    let account: TrafficAccount

    func run() async {
        guard flow.rate > 0, let (source, destination) = addresses else { return }
        account.expect(index, from: flow.from, at: flow.to)
        let realm = network.realm(of: flow.from, flow.to) ?? .default
        let start = ContinuousClock.now
        var pace = TrafficPace(rate: flow.rate)
        while !Task.isCancelled {
            sendAgain(from: source, to: destination, realm)
            for _ in 0..<pace.take(at: ContinuousClock.now - start) {
                send(account.nextNumber(index), from: source, to: destination, realm)
            }
            let next = start + pace.next
            if next <= .now {
                await Task.yield()
            } else {
                do { try await Task.sleep(until: next, tolerance: .milliseconds(1)) } catch { break }
            }
        }
        sendAgain(from: source, to: destination, realm)
    }

    /// Sends what was too big once more.
    private func sendAgain(from source: IPAddress, to destination: IPAddress, _ realm: Realm) {
        for number in account.takeRefused(index) { send(number, from: source, to: destination, realm) }
    }

    private func send(_ number: UInt64, from source: IPAddress, to destination: IPAddress, _ realm: Realm) {
        let headers = source.family == .v4 ? 28 : 48
        let size = min(flow.size, Int(account.limit(index) ?? .max))
        let content = account.content(index, number, size: size - headers)
        let ports = UDPHeader(source: 7000, destination: UInt16(7000 + index))
        guard
            let packet = try? IPPacket.udp(
                from: source, to: destination, ports: ports, dontFragment: flow.dontFragment,
                identification: UInt16(truncatingIfNeeded: number), content: content)
        else {
            preconditionFailure("A flow's packets are of a size that a UDP packet may have.")
        }
        stack.send(packet, realm: realm)
    }

    /// The first addresses of one family at both ends.
    private var addresses: (IPAddress, IPAddress)? {
        for source in addresses(of: flow.from) {
            for destination in addresses(of: flow.to) where destination.family == source.family {
                return (source, destination)
            }
        }
        return nil
    }

    /// Of a node that stands for many, the one address that the flow is of.
    private func addresses(of name: NodeName) -> ArraySlice<IPAddress> {
        let all = network.node(name)?.addresses[...] ?? []
        guard flow.member > 0, all.indices.contains(flow.member) else { return all }
        return all[flow.member...flow.member]
    }
}
