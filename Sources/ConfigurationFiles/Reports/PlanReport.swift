package import ForwardingPath

/// A plan as `ferry plan` prints it.
package struct PlanReport: Hashable, Sendable {
    /// The paths of one plane.
    package struct Path: Hashable, Sendable {
        /// The word of the plane.
        package let plane: String
        /// `nil` while it is not known or where it is not defined.
        package let gateway: String?
        /// There exactly when there is no gateway.
        package let reason: String?
    }

    /// One end that moves.
    package struct Move: Hashable, Sendable, Encodable {
        /// S.
        package let from: String
        /// S'.
        package let to: String
    }

    /// One SA.
    package struct Association: Hashable, Sendable {
        /// As in the file.
        package let name: String
        /// The word of the plane whose paths decided.
        package let plane: String
        /// 1 to 5; `nil` while it is not known or where it is not defined.
        package let type: Int?
        /// none, move, renegotiate, pending or conflict.
        package let action: String
        /// In the order of the previous path; empty unless the action is to move.
        package let moves: [Move]
        /// Why type and action are as they are: a sentence without full stop.
        package let reason: String?
    }

    /// In the order of the file.
    package let paths: [Path]
    /// In the order of the file.
    package let associations: [Association]

    /// The report of a plan.
    package init(_ plan: MovePlan) {
        paths = plan.paths.map { path in
            Path(
                plane: path.path.plane.rawValue, gateway: path.gateway?.text, reason: path.reason?.description)
        }
        associations = plan.associations.map { planned in
            Association(
                name: planned.name, plane: planned.plane.rawValue, type: planned.type?.rawValue,
                action: planned.action.rawValue,
                moves: planned.relocations.map { Move(from: $0.from.text, to: $0.to.text) },
                reason: planned.why)
        }
    }
}
