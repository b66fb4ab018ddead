import ConfigurationFiles
import ForwardingPath

extension Survey where Answer == NodeName {
    /// Where a gateway answers that has to be asked itself.
    func address(of gateway: NodeName) throws(CommandFailure) -> GatewayAddress {
        guard let found = found.first(where: { $0.answer == gateway }) else {
            throw CommandFailure(
                missed.isEmpty ? .usage : .unreachable,
                "\(gateway) has to be asked, and is not among the gateways that answer: add its --gateway")
        }
        return found.address
    }
}
