import ForwardingPath

/// Where on one row the notes under nodes begin: under the middle of their node, but never two run together.
struct PathNotes {
    /// The first column of each.
    private(set) var starts: [Int] = []
    /// Whether each is whole, and clear of the next one and of the column that something else comes down in.
    private(set) var fits = true

    /// For nodes from left to right and the columns that their notes take; none left of `barrier` may reach it.
    init(_ nodes: [NodeName], widths: [Int], _ places: PathPlaces, barrier: Int?, columns: Int) {
        var free = 0
        for (node, width) in zip(nodes, widths) {
            guard let span = places.span(of: node), let centre = places.centre(of: node.text) else {
                starts.append(free)
                continue
            }
            // The new path comes down from the middle of these two.
            let isCorner = centre == places.nearEnd || centre == places.meeting
            let wanted = isCorner ? centre + 2 : max(0, (span.lowerBound + span.upperBound - width + 1) / 2)
            let start = max(wanted, free)
            let limit = barrier.map { centre < $0 ? $0 : columns } ?? columns
            fits = fits && start + width <= limit
            starts.append(start)
            free = start + width + 1
        }
    }
}
