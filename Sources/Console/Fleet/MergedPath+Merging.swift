import ForwardingPath
import GatewayAPI

extension MergedPath {
    /// One for each plane that any gateway has a path of.
    static func merge(_ gateways: [GatewayMirror], after before: [MergedPath] = []) -> [MergedPath] {
        Plane.allCases.compactMap { plane in
            MergedPath(plane, toldBy: gateways)?.placed(after: before.first { $0.path.plane == plane })
        }
    }

    private init?(_ plane: Plane, toldBy gateways: [GatewayMirror]) {
        var versions: [(path: ReportedPath, tellers: [GatewayMirror])] = []
        for gateway in gateways {
            guard let path = gateway.paths[plane] else { continue }
            if let index = versions.firstIndex(where: { $0.path == path }) {
                versions[index].tellers.append(gateway)
            } else {
                versions.append((path, [gateway]))
            }
        }
        // The first of those with the most voices.
        guard let most = versions.map({ Self.voices($0.tellers) }).max(),
            let best = versions.firstIndex(where: { Self.voices($0.tellers) == most })
        else { return nil }
        let others = versions.enumerated().filter { $0.offset != best }.flatMap(\.element.tellers)
        self.init(
            reported: versions[best].path, isStale: versions[best].tellers.allSatisfy(\.isStale),
            dissenters: others.filter { !$0.isStale }.map(\.name))
    }

    /// One that can be reached outweighs all that cannot.
    private static func voices(_ tellers: [GatewayMirror]) -> Int {
        tellers.reduce(0) { $0 + ($1.isStale ? 1 : 1000) }
    }
}
