/// The type of an SA by where its ends are (draft section 5.1).
///
/// | type | one end  | other end | what moves         |
/// |------|----------|-----------|--------------------|
/// | 1    | [G, RN]  | [G, RN]   | nothing            |
/// | 2    | MN       | [G, RN]   | nothing            |
/// | 3    | [PR, G)  | [G, RN]   | S1 → S1'           |
/// | 4    | [PR, G)  | [PR, G)   | S1 → S1', S2 → S2' |
/// | 5    | MN       | [PR, G)   | S2 → S2'           |
package enum SAType: Int, Hashable, Sendable, CaseIterable {
    case one = 1
    case two
    case three
    case four
    case five

    /// The type of an SA between two places, whichever end sends; `nil` where both ends are one place.
    package init?(between first: PathPlace, and second: PathPlace) {
        guard first != second else { return nil }
        switch (first, second) {
        case (.common, .common): self = .one
        case (.nearEnd, .common), (.common, .nearEnd): self = .two
        case (.leaving, .common), (.common, .leaving): self = .three
        case (.leaving, .leaving): self = .four
        case (.nearEnd, .leaving), (.leaving, .nearEnd): self = .five
        case (.nearEnd, .nearEnd): return nil
        }
    }
}
