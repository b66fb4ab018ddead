import NIOCore

/// What every connection between routers asks of TCP: no delay, and to notice a gateway that vanished without a word.
enum TCPOptions {
    /// The options and their values, for Linux.
    static let all: [(ChannelOptions.Types.SocketOption, ChannelOptions.Types.SocketOption.Value)] = [
        (.tcpOption(.tcp_nodelay), 1),
        (.socketOption(.so_keepalive), 1),
        // TCP_KEEPIDLE and TCP_KEEPINTVL in seconds, TCP_KEEPCNT: an idle connection is known to be dead after 25 s.
        (tcp(4), 10),
        (tcp(5), 5),
        (tcp(6), 3),
        // TCP_USER_TIMEOUT in milliseconds (RFC 5482): so long may what was sent stay unacknowledged, not 15 minutes.
        (tcp(18), 10_000),
    ]

    private static func tcp(_ number: CInt) -> ChannelOptions.Types.SocketOption {
        ChannelOptions.Types.SocketOption(level: .tcp, name: NIOBSDSocket.Option(rawValue: number))
    }
}
