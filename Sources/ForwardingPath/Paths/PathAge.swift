/// Which of the two paths of a plane; the raw value is the word in sentences.
package enum PathAge: String, Hashable, Sendable {
    /// PFP.
    case previous
    /// NFP.
    case new
}
