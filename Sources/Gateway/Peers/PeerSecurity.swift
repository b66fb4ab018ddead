import ForwardingPath
import NIOCore

/// How a link learns who is at its other end, and whether it keeps secret what it carries.
enum PeerSecurity: Sendable {
    /// By certificates, and encrypted: by those that hold when a connection begins.
    case tls(Current<PeerTLS>)
    /// By what the other end says of itself, in the clear.
    case trusted(TrustedNetwork)

    /// A connection that was accepted.
    func accepted(
        _ channel: any Channel, rule: PeerRule, timeout: Duration, next: @escaping (NodeName) -> any ChannelHandler
    ) throws -> PeerConnection {
        switch self {
        case .tls(let tls):
            let gate = PeerGate(on: channel.eventLoop, rule: rule, timeout: timeout, next: next)
            return try PeerConnection(channel, [tls.value.serverHandler(), gate], admitted: gate.admitted)
        case .trusted(let network): return try trusted(network, channel, rule, timeout, next)
        }
    }

    /// A connection that was dialled.
    func dialled(
        _ channel: any Channel, rule: PeerRule, timeout: Duration, next: @escaping (NodeName) -> any ChannelHandler
    ) throws -> PeerConnection {
        switch self {
        case .tls(let tls):
            let gate = PeerGate(on: channel.eventLoop, rule: rule, timeout: timeout, next: next)
            return try PeerConnection(channel, [try tls.value.clientHandler(), gate], admitted: gate.admitted)
        case .trusted(let network): return try trusted(network, channel, rule, timeout, next)
        }
    }

    private func trusted(
        _ network: TrustedNetwork, _ channel: any Channel, _ rule: PeerRule, _ timeout: Duration,
        _ next: @escaping (NodeName) -> any ChannelHandler
    ) throws -> PeerConnection {
        let gate = TrustedGate(on: channel.eventLoop, network: network, rule: rule, timeout: timeout, next: next)
        return try PeerConnection(channel, [gate], admitted: gate.admitted)
    }
}
