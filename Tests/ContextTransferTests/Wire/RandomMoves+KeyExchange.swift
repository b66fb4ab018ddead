import ContextTransfer
import ForwardingPath
import IPsec

/// What two ends say to negotiate keys.
extension RandomMoves {
    static let exchangeCount = 7

    mutating func octets(of count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(below(256)) } }

    mutating func share() -> KeyShare {
        KeyShare(nonce: octets(of: KeyShare.octets), publicKey: octets(of: KeyShare.octets)) ?? pick([])
    }

    mutating func spi() -> SPI? { maybe() ? identifier().spi : nil }

    /// A message of the `kind`-th form.
    mutating func exchange(_ kind: Int) -> KeyExchangeMessage {
        let content: KeyExchangeMessage.Content =
            switch kind {
            case 0: .hello(list(3) { $0.identifier() }, share())
            case 1: .share(share())
            case 2:
                .proposal(
                    list(3) { AssociationProposal(suites: $0.list(3) { $0.suite() }, spi: $0.spi()) },
                    confirmation: octets(of: 32))
            case 3:
                .choice(
                    list(3) { AssociationChoice(suite: $0.suite(), spi: $0.spi()) }, confirmation: octets(of: 32))
            case 4: .inUse
            case 5: .usedToo
            default: .refused(pick(KeyExchangeFailure.allCases))
            }
        return KeyExchangeMessage(
            id: KeyExchangeID(upper: generator.next(), lower: generator.next()), sender: nodeName().text,
            receiver: nodeName().text, content: content)
    }
}
