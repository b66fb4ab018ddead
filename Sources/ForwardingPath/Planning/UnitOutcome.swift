/// What the mapping decided for the SAs of one unit.
enum UnitOutcome {
    /// Nothing moves: by the type, or for the reason.
    case stays(PlanReason?)
    case moves([Relocation])
    case conflict(PlanReason)

    /// The entry of the plan for one of the unit's SAs.
    func planned(_ member: ClassifiedAssociation, group: String?) -> PlannedAssociation {
        var planned = PlannedAssociation(
            name: member.spec.name, plane: member.spec.plane, type: member.type,
            action: member.isPending ? .pending : .none, reason: member.reason,
            typeReason: member.typeReason, group: group)
        guard member.type != nil else { return planned }
        switch self {
        case .stays(let reason):
            planned.reason = reason ?? member.reason
        case .moves(let relocations):
            planned.action = .move
            planned.relocations = relocations
        case .conflict(let reason):
            planned.action = .conflict
            planned.reason = reason
            if case .goesWithObstructed = reason, let obstacle = member.spec.obstacle {
                planned.reason = .obstructed(obstacle)
            }
        }
        return planned
    }
}
