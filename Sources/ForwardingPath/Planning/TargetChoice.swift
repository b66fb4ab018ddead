/// Where the SAs of one gateway in [PR, G) may go.
enum TargetChoice: Equatable {
    /// To any gateway in [NR, G), as the mapping finds best.
    case free
    /// To one only, counted from NR: PR's own rule, or the network file's.
    case fixed(Int)
    /// Nowhere else: the node is on both paths, at that place of the new one.
    case stays(Int)
    /// Nowhere.
    case none(PlanReason)

    /// The only target that is allowed; `nil` when there are several or none.
    var only: Int? {
        switch self {
        case .fixed(let target), .stays(let target): target
        case .free, .none: nil
        }
    }
}
