import ConfigurationFiles
import Gateway
import ServiceLifecycle
import UnixSignals

/// Reads the network file anew at SIGHUP.
struct ReloadService: Service {
    let path: String
    let daemon: RouterDaemon
    let network: CurrentNetwork

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do throws(FileError) {
                let file = try NetworkFile.load(path)
                network.value = file.network
                await daemon.replace(network: file.network, because: "read \(path) anew")
            } catch {
                await daemon.refused(network: "\(error)")
            }
        }
    }
}
