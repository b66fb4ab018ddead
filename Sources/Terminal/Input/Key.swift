/// One key press, decoded. A change of the terminal's size is not one.
package enum Key: Hashable, Sendable {
    /// A key that writes something, the space bar included.
    case character(Character)
    /// Return, or Enter of the number pad.
    case enter
    /// Escape on its own.
    case escape
    /// An arrow.
    case up, down, left, right
    /// A screenful up or down.
    case pageUp, pageDown
    /// To the start or the end.
    case home, end
    /// Tab.
    case tab
    /// Tab with Shift.
    case backTab
    /// Deletes to the left.
    case backspace
    /// Deletes to the right.
    case delete
    /// Insert.
    case insert
    /// A function key, from 1.
    case function(Int)
    /// A letter or sign in lower case with Control; never c, z, m, i and h, which come as something else.
    case control(Character)
}
