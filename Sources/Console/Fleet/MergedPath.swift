package import ForwardingPath
package import GatewayAPI

/// The paths of one plane as the gateways tell them.
package struct MergedPath: Equatable, Sendable {
    /// What most of those that can be reached say.
    package let reported: ReportedPath
    /// Whether none of those who say so can be reached.
    package let isStale: Bool
    /// Who says otherwise.
    package let dissenters: [String]

    /// The paths themselves.
    package var path: PathPair { reported.path }
}
