package import IPsec

/// Why a kernel SA cannot be moved: something of it could not be made the same elsewhere. It is shown, and stays.
package enum XfrmObstacle: Error, Hashable, Sendable {
    /// The kernel shows no key: the process may not see it.
    case hiddenKey
    case unknownAttribute(UInt16)
    case securityProtocol(UInt8)
    case algorithm(String, keyBits: Int, icvBits: Int)
    case noIntegrity
    case mode(UInt8)
    case reservedSPI(UInt32)
    case smallWindow(UInt32)
    case badReplayState
    /// `XFRM_STATE_…` that no field of an SA's context stands for.
    case flags(UInt8)
    case extraFlags(UInt32)
    case selector(String)
    case mark
    case outputMark
    case interfaceID
    case offload
    case padding
    case encapsulation(UInt16)
    case lifetimeSinceUse
    /// Another SA of the kernel has the same SPI, destination and protocol.
    case sharedName
    /// A policy that uses it cannot be the same elsewhere: why, after "a policy that uses it".
    case policy(String)
    /// Nonces could be used twice: how often it would have been put in force, and its last number.
    case nonces(installs: UInt32, lastSent: UInt64)

    /// As planners and consoles know it.
    package var obstacle: MoveObstacle {
        guard case .nonces = self else { return MoveObstacle(description) }
        return MoveObstacle(description, endsWithRenewal: true)
    }
}

extension XfrmObstacle: CustomStringConvertible {
    /// A sentence without full stop.
    package var description: String {
        switch self {
        case .hiddenKey: "the kernel does not show its key"
        case .unknownAttribute(let type): "the kernel gives it an attribute of type \(type), which is not known"
        case .securityProtocol(let number): "its protocol is \(number), and neither ESP nor AH"
        case .algorithm(let name, let key, let icv):
            "its algorithm \(name), with a key of \(key) bits\(icv > 0 ? " and an ICV of \(icv) bits" : ""), is not supported"
        case .noIntegrity: "it does not protect integrity"
        case .mode(let number): "its mode is \(number), and neither transport nor tunnel"
        case .reservedSPI(let spi): "its SPI \(spi) is a reserved one"
        case .smallWindow(let size): "its replay window has \(size) packets, and less than 32 cannot be carried"
        case .badReplayState: "the kernel tells a replay state that contradicts itself"
        case .flags(let flags): "it has kernel flags 0x\(String(flags, radix: 16)), which cannot be carried"
        case .extraFlags(let flags): "it has kernel extra flags 0x\(String(flags, radix: 16)), which cannot be carried"
        case .selector(let what): "its selector has \(what), which cannot be carried"
        case .mark: "it is for packets with a mark, which is this gateway's own"
        case .outputMark: "it gives packets a mark, which is this gateway's own"
        case .interfaceID: "it belongs to an XFRM interface, which is this gateway's own"
        case .offload: "a network device does its work, whose state cannot be read exactly"
        case .padding: "it pads packets against traffic analysis, which cannot be carried"
        case .encapsulation(let type): "its encapsulation is of type \(type), and not ESP in UDP"
        case .sharedName: "another SA of the kernel has the same SPI, destination and protocol"
        case .policy(let what): "a policy that uses it \(what), which cannot be carried"
        case .nonces(let installs, let lastSent):
            "put in force \(installs) times with new salts, after packet \(lastSent), it might use a nonce twice"
        case .lifetimeSinceUse: "its lifetime counts from its first use, which cannot be carried"
        }
    }
}
