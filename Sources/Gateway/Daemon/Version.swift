/// Which Ferry this is.
package enum Version {
    /// For people; a console and a daemon of the same major number understand each other.
    package static let text = "0.1.0"
}
