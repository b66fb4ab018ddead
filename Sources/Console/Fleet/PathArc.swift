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
    /// The mobile node whose they are, where several are at the near end of the paths; else empty.
    var owner: String
    /// Their type.
    var type: SAType?
    /// Names of the first three.
    var firstNames: [String]
    /// How many there are.
    var count: Int
    /// Where they go, as far as the paths or their moves tell.
    var targets: PathArcTargets
    /// Whether a move has hold of them now.
    var isMoving: Bool
    /// Whether the gateway at the other end can be reached and does not have them.
    var isOneSided: Bool
    /// Whether the gateway that told of them cannot be reached.
    var isStale: Bool

    /// `up, down`, or how many there are; with whose they are, where that has to be said.
    var names: String { prefix + (count <= 3 ? firstNames.joined(separator: ", ") : sum) }

    /// The same in short: `2 SAs`.
    var shortNames: String { prefix + sum }

    private var sum: String { Count.of(count, "SA", "SAs") }
    private var prefix: String { owner.isEmpty ? "" : owner + ": " }

    /// `type 5`.
    var typeText: String { "type \(type.map { String($0.rawValue) } ?? "?")" }

    /// What moves where: in full, and in short.
    func remarks(_ glyphs: Glyphs) -> [String] {
        if isStale { return ["lost"] }
        if isOneSided { return ["only at \(holder)"] }
        switch targets {
        case .none: return [type == .one || type == .two ? "stays" : "at \(holder)"]
        case .reached: return ["is on the new path", "moved"]
        case .all(let nodes):
            let text = nodes.joined(separator: ", ")
            return isMoving
                ? ["moving to \(text)", "to \(text)"] : ["can move to \(text)", "\(glyphs.arrowRight) \(text)"]
        case .byPlan: return ["moves by plan", "\(glyphs.arrowRight) by plan"]
        }
    }

    /// Both ends.
    func ends(_ glyphs: Glyphs) -> String { "\(near) \(glyphs.horizontal) \(far)" }
}
