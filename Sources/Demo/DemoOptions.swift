package import ContextTransfer
package import ForwardingPath
package import IPsec

/// How a scenario is played, where the scenario does not say.
package struct DemoOptions: Hashable, Sendable {
    /// How many moves, back and forth.
    package var moves = 1
    /// Packets a second of each flow; `nil`: as the scenario says.
    package var rate: Int?
    /// The algorithms of each ESP SA; `nil`: as the scenario says.
    package var suite: AlgorithmSuite?
    /// Who must agree; `nil`: as the scenario says.
    package var approval: ApprovalPolicy?
    /// Whether moves wait for a key before each phase outside the pause.
    package var stepping = false
    /// How long the parties of moves wait.
    package var timing = MoveTiming()
    /// Where to write the packets on the wire.
    package var pcap: String?
    /// Where to write what routers say to each other, in plain TCP then; `nil`: they speak TLS.
    package var linkPcap: String?
    /// Where to write the ESP keys as Wireshark reads them.
    package var espKeys: String?

    package init() {}
}
