/// What a plan does with one SA, and why.
package struct PlannedAssociation: Hashable, Sendable {
    /// The SA.
    package var name: String
    /// The plane whose paths decided.
    package var plane: Plane
    /// `nil` while it is not known or where it is not defined; ``reason`` then says why.
    package var type: SAType?
    /// What happens to it.
    package var action: PlannedAction
    /// The ends that move, in the order of the previous path; empty unless ``action`` is to move or to
    /// renegotiate.
    package var relocations: [Relocation]
    /// Always there when there is no type, and with a conflict.
    package var reason: PlanReason?
    /// Where its ends are; `nil` where it has no type.
    package var typeReason: TypeReason?
    /// Shared by the SAs that move together or not at all; `nil` for an SA that is alone.
    package var group: String?

    /// From its parts.
    package init(
        name: String, plane: Plane, type: SAType?, action: PlannedAction, relocations: [Relocation] = [],
        reason: PlanReason? = nil, typeReason: TypeReason? = nil, group: String? = nil
    ) {
        self.name = name
        self.plane = plane
        self.type = type
        self.action = action
        self.relocations = relocations
        self.reason = reason
        self.typeReason = typeReason
        self.group = group
    }

    /// Why its type is as it is, as a sentence without full stop; `nil` where it has none.
    package var whyType: String? { typeReason?.sentence(leaving: relocations.map(\.from)) }

    /// Why it is planned as it is, as a sentence without full stop: for a reason of its own, or else by its type.
    package var why: String? { reason?.description ?? whyType }
}
