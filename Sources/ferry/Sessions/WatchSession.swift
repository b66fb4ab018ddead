import Console
import GatewayAPI

/// `ferry watch`: what happens at gateways, a line for each thing, until nobody reads any more.
package struct WatchSession: Sendable {
    /// How a line is written.
    let format: WatchFormat

    /// From what the command was told.
    package init(format: WatchFormat) { self.format = format }

    /// Follows all gateways.
    package func run(_ access: GatewayAccess, to output: Output) async {
        await withTaskGroup(of: Void.self) { group in
            let options = WatchOptions(traffic: false, events: 0)
            for address in access.addresses {
                let link = GatewayLink(address: address, tls: access.tls, options: options)
                group.addTask { await link.run() }
                group.addTask { [format] in
                    var teller = WatchTeller(address: address)
                    for await news in link.news {
                        for line in teller.lines(news) {
                            guard (try? output.result(line.text(format) + "\n")) != nil else { return }
                        }
                    }
                }
            }
            // A link never ends by itself: nobody reads any more.
            await group.next()
            group.cancelAll()
        }
    }
}
