import ForwardingPath
import NIOCore

/// Which connections there are: what is up, and what to displace.
actor ConnectionTable {
    private let limit: Int
    private let report: @Sendable (NodeName, Bool) -> Void
    private var strangers: [any Channel] = []
    private var heard: [NodeName: any Channel] = [:]
    private var links: [NodeName: Set<ObjectIdentifier>] = [:]

    /// Without connections; `report` is told when the first of a node is there and when its last is gone.
    init(unauthenticated limit: Int, report: @escaping @Sendable (NodeName, Bool) -> Void) {
        self.limit = limit
        self.report = report
    }

    /// A connection was accepted and has not authenticated; the oldest such goes when there are too many.
    func accepted(_ channel: any Channel) {
        strangers.append(channel)
        guard strangers.count > limit else { return }
        strangers.removeFirst().pipeline.fireUserInboundEventTriggered(PeerRefusal.crowded)
    }

    /// An accepted connection is that of `node`; an older one of the same node, left over from before a restart, goes.
    func heard(_ node: NodeName, on channel: any Channel) {
        forget(channel)
        heard.updateValue(channel, forKey: node)?.close(promise: nil)
        opened(node, channel)
    }

    /// What `node` has to say is not wanted any more.
    func dismiss(_ node: NodeName) { heard[node]?.close(promise: nil) }

    /// A connection with `node` is there.
    func opened(_ node: NodeName, _ channel: any Channel) {
        let isFirst = links[node, default: []].isEmpty
        links[node, default: []].insert(ObjectIdentifier(channel))
        if isFirst { report(node, true) }
    }

    /// A connection is gone; `node` is `nil` when it never authenticated.
    func closed(_ channel: any Channel, of node: NodeName?) {
        forget(channel)
        guard let node else { return }
        if heard[node] === channel { heard[node] = nil }
        guard links[node]?.remove(ObjectIdentifier(channel)) != nil, links[node]?.isEmpty == true else { return }
        report(node, false)
    }

    private func forget(_ channel: any Channel) { strangers.removeAll { $0 === channel } }
}
