import Logging
import NIOCore
import NIOSSL

/// What every connection of a console elsewhere gets before its first octet.
struct CallerEntry: Sendable {
    /// How it is secured, by what holds when it begins.
    let tls: Current<NIOSSLContext>
    /// Is told of what was refused.
    let logger: Logger
    private let strangers = Strangers()

    init(tls: Current<NIOSSLContext>, logger: Logger) { (self.tls, self.logger) = (tls, logger) }

    /// Puts TLS and a gate in a pipeline that gRPC has made, on its event loop.
    func prepare(_ channel: any Channel) -> EventLoopFuture<Void> {
        let options = TCPOptions.all.map { channel.setOption($0.0, value: $0.1) }
        return EventLoopFuture.andAllSucceed(options, on: channel.eventLoop).flatMapThrowing {
            let pipeline = channel.pipeline.syncOperations
            let first = try pipeline.handler(type: NIOSSLServerHandler.self)
            let current = NIOSSLServerHandler(context: tls.value)
            try pipeline.addHandler(current, position: .before(first))
            pipeline.removeHandler(first, promise: nil)
            try pipeline.addHandler(CallerGate(strangers: strangers, logger: logger), position: .after(current))
        }
    }
}
