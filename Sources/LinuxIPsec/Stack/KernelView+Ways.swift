internal import IPsec

extension KernelView {
    /// By what the packets of SAs are known: what sends by the selectors of the policies that use it.
    package func ways(of found: [Found]) -> [PacketWay] {
        let senders = Dictionary(grouping: policies.filter { $0.direction == .outbound }, by: \.association)
        return found.map { found in
            let selectors = senders[found.identifier]?.flatMap(\.selectors) ?? []
            return PacketWay(
                identifier: found.identifier, selectors: found.direction == .outbound ? selectors : [],
                refusesCopies: found.direction == .inbound && found.state.replay.window > 0)
        }
    }
}
