/// How bad a mapping is, the worst first: fewer is better.
struct MappingCost: Comparable {
    /// SAs whose both ends would be at one node.
    var meetings = 0
    /// SAs that their target does not support or has no room for.
    var misfits = 0
    /// Gateways other than PR that map to NR, which is taken last.
    var onNextRouter = 0
    /// Gateways with SAs that share a target with another one.
    var sharedByHolders = 0
    /// Gateways that share a target.
    var shared = 0

    static func < (left: MappingCost, right: MappingCost) -> Bool {
        (left.meetings, left.misfits, left.onNextRouter, left.sharedByHolders, left.shared)
            < (right.meetings, right.misfits, right.onNextRouter, right.sharedByHolders, right.shared)
    }

    static func + (left: MappingCost, right: MappingCost) -> MappingCost {
        MappingCost(
            meetings: left.meetings + right.meetings, misfits: left.misfits + right.misfits,
            onNextRouter: left.onNextRouter + right.onNextRouter,
            sharedByHolders: left.sharedByHolders + right.sharedByHolders, shared: left.shared + right.shared)
    }
}
