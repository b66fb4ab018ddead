import ForwardingPath
import Terminal

/// SAs between the same two nodes, as one arc under the paths.
struct PathArc: Equatable {
    /// The node nearer to MN, and the other one: names, or addresses where the node is not known.
    var near: String
    /// The other one.
    var far: String
    /// The gateway that tells of them.
    var holder: String
    /// Their type.
    var type: SAType?
    /// Names of the first three.
    var firstNames: [String]
    /// How many there are.
    var count: Int
    /// Which end goes where, as far as it is certain.
    var relocation: Relocation?
    /// Whether a move has hold of them now.
    var isMoving: Bool
    /// Whether the gateway at the other end can be reached and does not have them.
    var isOneSided: Bool
    /// Whether the gateway that told of them cannot be reached.
    var isStale: Bool

    /// `up, down`, or how many there are.
    var names: String { count <= 3 ? firstNames.joined(separator: ", ") : Count.of(count, "SA", "SAs") }

    /// `type 5`.
    var typeText: String { "type \(type.map { String($0.rawValue) } ?? "?")" }

    /// What moves where: in full, and in short.
    func remarks(_ glyphs: Glyphs) -> [String] {
        if isStale { return ["lost"] }
        if isOneSided { return ["only at \(holder)"] }
        if let relocation {
            return isMoving
                ? ["moving to \(relocation.to)", "to \(relocation.to)"]
                : ["can move to \(relocation.to)", "\(glyphs.arrowRight) \(relocation.to)"]
        }
        return [type == .one || type == .two ? "stays" : "at \(holder)"]
    }

    /// Both ends.
    func ends(_ glyphs: Glyphs) -> String { "\(near) \(glyphs.horizontal) \(far)" }
}
