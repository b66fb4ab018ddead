package import ConfigurationFiles
import IPsec

extension ScenarioFile {
    /// Puts what the options say in place of what the scenario says.
    package mutating func apply(_ options: DemoOptions) {
        if let rate = options.rate {
            for index in traffic.indices { traffic[index].rate = rate }
        }
        guard let suite = options.suite else { return }
        for index in network.associations.indices
        where network.associations[index].suite.securityProtocol == suite.securityProtocol {
            network.associations[index].suite = suite
        }
    }
}
