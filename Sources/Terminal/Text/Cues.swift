/// The glyph that stands before a status, so that it is understood without colour; from the theme.
package struct Cues: Hashable, Sendable {
    private var byRole: [Role: String]

    /// Cues by role; what is not listed has the cue of its parent.
    package init(_ byRole: [Role: String] = [:]) {
        self.byRole = byRole
    }

    /// No cue for anything.
    package static let none = Cues()

    /// The cue of the role or of its nearest ancestor that has one; empty when none has.
    package subscript(_ role: Role) -> String {
        var asked: Role? = role
        while let current = asked {
            if let cue = byRole[current] { return cue }
            asked = current.parent
        }
        return ""
    }
}
