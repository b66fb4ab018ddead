package import ContextTransfer
package import ForwardingPath

/// How long routers took to answer lately.
package struct RoundTrips {
    /// How many are kept of each router.
    private static let limit = 8

    private var samples: [NodeName: [Duration]] = [:]

    /// Nobody was asked yet.
    package init() {}

    /// The shortest of a router's last answers: longer ones had to wait for something else, such as the connection.
    /// `nil` while it has not answered.
    package subscript(router: NodeName) -> Duration? { samples[router]?.min() }

    /// Takes in that a router answered after so long, asked once.
    package mutating func take(_ duration: Duration, of router: NodeName) {
        samples[router, default: []].append(duration)
        if samples[router, default: []].count > Self.limit { samples[router]?.removeFirst() }
    }

    /// The pause of a move by that route, as one of its parties may expect it: the contexts go from router to router to the
    /// taker, and the word that they are in force comes back the same way. Between two others it is taken to be as far as
    /// to the farther of both. `nil` where one of them has not answered.
    package func pause(of route: MoveRoute, from node: NodeName) -> Duration? {
        let way = [route.holder, route.source, route.target, route.taker]
        var pause = Duration.zero
        for (near, far) in zip(way, way.dropFirst()) where near != far {
            let known = [near, far].filter { $0 != node }.map { self[$0] }
            guard let longest = known.compactMap(\.self).max(), !known.contains(nil) else { return nil }
            pause += longest
        }
        return pause
    }
}
