/// Hands the news of one gateway to the console one at a time: the next is taken up when the console has taken in the one
/// before, so that nothing piles up while the terminal is slow.
package struct NewsPump: Sendable {
    private let takings: AsyncStream<Void>
    private let taking: AsyncStream<Void>.Continuation

    /// One that has handed over nothing.
    package init() { (takings, taking) = AsyncStream.makeStream() }

    /// Hands over until there is no more, or it is cancelled.
    package func run<News: Sendable>(_ news: AsyncStream<News>, give: (News) -> Void) async {
        var taken = takings.makeAsyncIterator()
        for await item in news {
            give(item)
            guard await taken.next() != nil else { return }
        }
    }

    /// The console has taken in what was given last.
    package func wasTaken() { taking.yield() }
}
