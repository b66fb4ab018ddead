package import ConfigurationFiles
package import Console

/// A gateway that gave no answer.
package struct Missed: Hashable, Sendable {
    /// Where it is.
    package let address: GatewayAddress
    /// Why.
    package let failure: RequestFailure

    /// From its parts.
    package init(address: GatewayAddress, failure: RequestFailure) {
        (self.address, self.failure) = (address, failure)
    }
}

extension Missed: CustomStringConvertible {
    /// Where, and why.
    package var description: String { "\(address): \(failure)" }
}
