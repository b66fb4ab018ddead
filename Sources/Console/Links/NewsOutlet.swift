/// Hands news over one at a time: who tells waits until they are asked for, so that nothing piles up.
struct NewsOutlet: Sendable {
    /// For one reader.
    let news: AsyncStream<LinkNews>

    private let told: AsyncStream<LinkNews>.Continuation
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    /// Before the first news.
    init() {
        let (items, told) = AsyncStream.makeStream(of: LinkNews.self)
        let (requests, request) = AsyncStream.makeStream(of: Void.self)
        (self.told, self.requests, self.request) = (told, requests, request)
        news = AsyncStream {
            request.yield()
            for await item in items { return item }
            return nil
        }
    }

    /// Returns when the news were asked for, or the task is cancelled.
    func tell(_ item: LinkNews) async {
        for await _ in requests {
            told.yield(item)
            return
        }
    }

    /// There will be no more news.
    func end() { told.finish() }
}
