/// One part of the dashboard that can have the keys.
enum Pane: Int, CaseIterable, Hashable {
    case associations, paths, moves

    /// The one after it, or before it.
    func next(by step: Int = 1) -> Pane {
        let count = Pane.allCases.count
        return Pane.allCases[(rawValue + step + count) % count]
    }
}
