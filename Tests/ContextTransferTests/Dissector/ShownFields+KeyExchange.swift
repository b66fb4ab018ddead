import ContextTransfer
import IPsec

extension ShownFields {
    mutating func add(_ message: KeyExchangeMessage) {
        add("previous_address", IPAddress(v4: 0, 0, 0, 0))
        add("exchange", [message.id.upper, message.id.lower].map(\.inHex).joined())
        add("exchange.sender", message.sender)
        add("exchange.receiver", message.receiver)
        switch message.content {
        case .hello(let identifiers, let share):
            add(share)
            for (index, identifier) in identifiers.enumerated() {
                add("index", index)
                add(identifier)
            }
        case .share(let share):
            add("exchange.kind", 1)
            add(share)
        case .proposal(let proposals, let confirmation):
            for (index, proposal) in proposals.enumerated() { add(index, proposal.suites, proposal.spi) }
            add("exchange.confirmation", confirmation.inHex)
        case .choice(let choices, let confirmation):
            add("exchange.kind", 1)
            for (index, choice) in choices.enumerated() { add(index, [choice.suite], choice.spi) }
            add("exchange.confirmation", confirmation.inHex)
        case .inUse: break
        case .usedToo: add("exchange.kind", 1)
        case .refused(let failure):
            add("exchange.kind", 2)
            add("exchange.failure", failure.rawValue)
        }
    }

    private mutating func add(_ share: KeyShare) {
        add("exchange.nonce", share.nonce.inHex)
        add("exchange.public_key", share.publicKey.inHex)
    }

    private mutating func add(_ index: Int, _ suites: [AlgorithmSuite], _ spi: SPI?) {
        add("index", index)
        add("count", suites.count)
        for suite in suites { add(suite) }
        if let spi { add("sa.spi", spi.value.inHex) }
    }
}

extension UInt64 {
    fileprivate var inHex: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension [UInt8] {
    fileprivate var inHex: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
