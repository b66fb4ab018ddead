package import ConfigurationFiles
import Console

/// A configured gateway: what it has, or why it is not reached.
package struct ListedGateway: Sendable {
    /// Where it is.
    let address: GatewayAddress
    /// `nil` when it is not reached.
    let reading: GatewayReading?
    /// `nil` when it is reached.
    let failure: RequestFailure?

    /// One that answered.
    package init(_ reading: GatewayReading, at address: GatewayAddress) {
        (self.address, self.reading, failure) = (address, reading, nil)
    }

    /// One that did not.
    package init(_ missed: Missed) { (address, reading, failure) = (missed.address, nil, missed.failure) }
}
