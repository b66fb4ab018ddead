import ConfigurationFiles
import ForwardingPath
import Gateway
import ServiceLifecycle
import UnixSignals

/// Reads the network file anew at SIGHUP; one that the daemon could not start with changes nothing.
struct ReloadService: Service, CustomStringConvertible {
    /// As the log calls it.
    var description: String { "reload" }


    let setup: DaemonSetup
    let daemon: RouterDaemon
    let stack: DaemonStack
    let network: CurrentNetwork

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                try await take(try NetworkPart(setup.configuration, from: setup.path))
            } catch {
                await daemon.refused(network: "\(error)")
            }
        }
    }

    private func take(_ part: NetworkPart) async throws {
        // First what can be refused.
        try stack.take(part)
        network.value = part.network
        let same = part.node == setup.part.node && part.cxtp == setup.part.cxtp
        let rest = same ? "" : "; what it says of \(part.node.name) itself holds from the next start on"
        await daemon.replace(
            network: part.network, planes: part.planes, because: "read \(setup.configuration.network) anew" + rest)
    }
}
