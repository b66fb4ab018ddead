import IPsec

extension MoveEnvelope {
    /// The most messages that one envelope may take: 16 MB.
    package static let largestPartCount = 256

    /// The messages of ``written()``.
    package func encoded() throws(WireError) -> [[UInt8]] { try written().messages }

    /// The messages that carry the envelope, in their order: one, or several parts where one has no room for it. Each
    /// has as many blocks as fit. They may hold keys: who sends them overwrites them. With them the size in octets of all
    /// blocks after the one that says which move it is: the context, without any header.
    package func written() throws(WireError) -> (messages: [[UInt8]], contextOctets: Int) {
        var identity = MoveIdentity(self)
        var blocks: [ContextDataBlock] = []
        defer { for index in blocks.indices { blocks[index].wipe() } }
        let elapsed = try elapsedMilliseconds()
        for item in try message.items(subject: subject) { blocks.append(try item.encoded()) }

        let whole = cxtpMessage([try identity.encoded()], elapsed)
        let contextOctets = blocks.reduce(0) { $0 + $1.size }
        if whole.size + contextOctets <= UInt16.max {
            return ([try cxtpMessage([try identity.encoded()] + blocks, elapsed).encoded()], contextOctets)
        }

        identity.part = MovePart(number: 0, isLast: false)
        let room = Int(UInt16.max) - cxtpMessage([try identity.encoded()], elapsed).size
        var messages: [[UInt8]] = []
        var start = 0
        while start < blocks.count {
            var (end, size) = (start, 0)
            while end < blocks.count, size + blocks[end].size <= room {
                size += blocks[end].size
                end += 1
            }
            guard messages.count < Self.largestPartCount else { throw .tooMany(.part, limit: Self.largestPartCount) }
            identity.part = MovePart(number: UInt16(messages.count), isLast: end == blocks.count)
            messages.append(try cxtpMessage([try identity.encoded()] + blocks[start..<end], elapsed).encoded())
            start = end
        }
        return (messages, contextOctets)
    }

    /// The size of the context as in ``written()``, in octets, where nothing is sent.
    package func contextOctets() throws(WireError) -> Int {
        var size = 0
        for item in try message.items(subject: subject) {
            var block = try item.encoded()
            size += block.size
            block.wipe()
        }
        return size
    }

    /// The envelope that one message is; throws ``WireError/isPart`` for a part of one.
    package static func decode(_ message: [UInt8]) throws(WireError) -> MoveEnvelope {
        let fragment = try MoveFragment(message)
        guard fragment.identity.part == nil else { throw .isPart }
        return try MoveEnvelope(fragment, items: fragment.items)
    }

    /// The envelope whose first message is `fragment`, with the items of all of them.
    init(_ fragment: MoveFragment, items: [MoveItem]) throws(WireError) {
        let identity = fragment.identity
        let subject = MoveSubject(address: fragment.previousAddress, realm: identity.realm)
        self.init(
            id: identity.id, subject: subject, route: identity.route, sender: identity.sender,
            receiver: identity.receiver,
            message: try MoveMessage(
                fragment.type, purpose: identity.purpose, elapsed: fragment.elapsed, items: items,
                subject: subject))
    }

    private func elapsedMilliseconds() throws(WireError) -> UInt32 {
        guard case .transfer(_, let elapsed) = message else { return 0 }
        guard let value = UInt32(exactly: try elapsed.wireMilliseconds(.elapsed)) else { throw .badValue(.elapsed) }
        return value
    }

    private func cxtpMessage(_ blocks: [ContextDataBlock], _ elapsed: UInt32) -> CXTPMessage {
        let address = subject.address
        switch message {
        case .transfer:
            return .transferData(
                TransferData(wantsReply: false, elapsed: elapsed, previousAddress: address, blocks: blocks))
        case .prepare, .collected:
            return .predictiveTransferData(
                PredictiveTransferData(wantsReply: false, elapsed: 0, previousAddress: address, blocks: blocks))
        case .collect:
            return .transferRequest(
                TransferRequest(previousAddress: address, sequence: 0, token: 0, requests: blocks))
        case .query, .request, .cancel, .inquire, .destroy, .abandon, .release, .answer, .approved, .prepared,
            .settled, .redirected, .destroyed, .released, .update, .updated, .quiesce, .closed, .refused, .survey,
            .surveyed, .seek, .found:
            return .extended(ExtensionMessage(message.type, previousAddress: address, blocks: blocks))
        }
    }
}
