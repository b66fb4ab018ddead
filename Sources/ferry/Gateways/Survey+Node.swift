import ConfigurationFiles
import ForwardingPath

extension Survey where Answer == NodeName {
    /// Where a gateway answers that has to be asked itself.
    func address(of gateway: NodeName) throws(CommandFailure) -> GatewayAddress {
        guard let found = found.first(where: { $0.answer == gateway }) else {
            let known = found.map(\.answer.text).joined(separator: ", ")
            // One that does not answer may be it; where all do, none is.
            throw CommandFailure(
                missed.isEmpty ? .refused : .unreachable,
                "\(gateway) has to be asked, and the gateways that answer are \(known): name one, or add its --gateway")
        }
        return found.address
    }
}
