import ConfigurationFiles
import ForwardingPath
import Foundation
import Gateway
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the network file, and certificate, key and authority, anew at SIGHUP; what the daemon could not start with
/// changes nothing.
struct ReloadService: Service, CustomStringConvertible {
    /// As the log calls it.
    var description: String { "reload" }

    let setup: DaemonSetup
    let daemon: RouterDaemon
    let stack: DaemonStack
    let network: Current<Network>
    let supervisor: Supervisor?
    let logger: Logger

    func run() async throws {
        var credential = setup.credential
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            supervisor?.tell(.reloading(microseconds: Supervisor.microseconds))
            await reload(&credential)
            supervisor?.tell(.ready)
        }
    }

    private func reload(_ credential: inout DaemonCredential?) async {
        do {
            try await take(try NetworkPart(setup.configuration, from: setup.path))
        } catch {
            await daemon.refused(network: "\(error)")
        }
        guard let files = setup.configuration.tls else { return }
        do {
            try await renew(&credential, files)
        } catch {
            await daemon.refused(certificate: "\(error)")
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

    private func renew(_ credential: inout DaemonCredential?, _ files: TLSFiles) async throws {
        let new = try DaemonCredential(files, node: setup.settings.node)
        new.warn(logger, of: files.certificate)
        guard new != credential else { return }
        try await daemon.renew(
            new.credential, authority: new.authority,
            because: "new connections have the certificate of \(files.certificate), good until "
                + new.end.formatted(.iso8601))
        credential = new
    }
}
