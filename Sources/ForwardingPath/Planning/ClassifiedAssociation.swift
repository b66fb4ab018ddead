/// An SA with its type and the ends that would have to move.
struct ClassifiedAssociation {
    let spec: AssociationSpec
    let type: SAType?
    /// Why there is no type, or what has to be said besides.
    let reason: PlanReason?
    /// Why it has its type; `nil` without one.
    let typeReason: TypeReason?
    /// Where the ends in [PR, G) are, counted from PR, in path order; empty without a type.
    let leaving: [Int]
    /// Whether the type is missing only because the new path is.
    let isPending: Bool

    /// Finds the type of an SA on its plane's paths; `nil` when the network has none for the plane.
    init(_ spec: AssociationSpec, on path: PlannedPath?) {
        self.spec = spec
        guard let path, case .known(let divergence) = path.location else {
            type = nil
            typeReason = nil
            reason = path.map { $0.reason } ?? .noPath(spec.plane)
            leaving = []
            isPending = path?.location == .pending
            return
        }
        isPending = false
        let ends = [spec.from, spec.to].map { divergence.place(of: $0) }
        guard let first = ends[0], let second = ends[1] else {
            let stray = ends[0] == nil ? spec.from : spec.to
            type = nil
            typeReason = nil
            reason = .offPath(stray, spec.plane, path: path.path.previous)
            leaving = []
            return
        }
        type = SAType(between: first, and: second)
        typeReason = type.map {
            TypeReason(
                type: $0, gateway: divergence.gateway, near: first < second ? spec.from : spec.to,
                far: first < second ? spec.to : spec.from)
        }
        leaving =
            type == nil
            ? []
            : [first, second].sorted().compactMap { place in
                guard case .leaving(let index) = place else { return nil }
                return index
            }
        reason = Self.remark(spec, first, second, divergence)
    }

    private static func remark(
        _ spec: AssociationSpec, _ first: PathPlace, _ second: PathPlace, _ divergence: PathDivergence
    ) -> PlanReason? {
        if first == second { return .onePlace(spec.from, spec.to) }
        let remoteNode = PathPlace.common(divergence.common.count - 1)
        guard let old = divergence.common.last, let new = divergence.secondRemoteNode else { return nil }
        return max(first, second) == remoteNode ? .remoteNodeChanges(from: old, to: new) : nil
    }
}
