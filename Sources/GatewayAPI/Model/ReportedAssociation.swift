package import ContextTransfer
package import ForwardingPath
package import IPsec

/// An SA as the API tells it: all that a person may see, and no key.
package struct ReportedAssociation: Hashable, Sendable {
    /// The operator's name for it, the same at both ends.
    package var name: String
    /// Whose it is; empty for the operator's own.
    package var user: String
    /// Unique at one gateway.
    package var identifier: SAIdentifier
    /// The outer source address.
    package var source: IPAddress
    /// As seen from the gateway.
    package var direction: Direction
    /// What it encloses.
    package var mode: ProtocolMode
    /// Its algorithms.
    package var suite: AlgorithmSuite
    /// The plane whose paths decide its type.
    package var plane: Plane
    /// `nil` while it is not known or where it is not defined.
    package var type: SAType?
    /// Where it stands at this gateway.
    package var phase: SAPhase
    /// What changes with each packet.
    package var traffic: ReportedTraffic
    /// In packets, 32 to 4,096; `nil` when anti-replay is off.
    package var windowSize: Int?
    /// Whether sequence numbers have 64 bits.
    package var extendedSequenceNumbers: Bool
    /// When it is to be renegotiated.
    package var softLifetime: Lifetime
    /// When it ends.
    package var hardLifetime: Lifetime
    /// The node at its other end, where that is known.
    package var peer: NodeName?
    /// The move that has hold of it.
    package var moving: MoveID?
    /// Why it cannot be moved; `nil` where nothing keeps it.
    package var obstacle: MoveObstacle?
    /// What its stack has of it that nothing else stands for, such as `mark 0x5/0xff`.
    package var particulars: [String] = []

    /// What a stack says of one of its SAs, with what the gateway knows besides.
    package init(
        _ status: AssociationStatus, plane: Plane = .data, type: SAType? = nil, peer: NodeName? = nil,
        moving: MoveID? = nil
    ) {
        let association = status.association
        let attributes = association.attributes
        self.init(
            name: association.name, user: association.user, identifier: association.identifier,
            source: association.source, direction: association.direction, mode: attributes.mode,
            suite: attributes.keys.suite, plane: plane, type: type, phase: status.phase,
            traffic: ReportedTraffic(status),
            windowSize: attributes.replayWindowSize, extendedSequenceNumbers: attributes.extendedSequenceNumbers,
            softLifetime: attributes.softLifetime, hardLifetime: attributes.hardLifetime, peer: peer, moving: moving)
        (obstacle, particulars) = (status.obstacle, status.particulars)
    }

    /// From its parts.
    package init(
        name: String, user: String, identifier: SAIdentifier, source: IPAddress, direction: Direction,
        mode: ProtocolMode, suite: AlgorithmSuite, plane: Plane, type: SAType?, phase: SAPhase,
        traffic: ReportedTraffic,
        windowSize: Int?, extendedSequenceNumbers: Bool, softLifetime: Lifetime, hardLifetime: Lifetime,
        peer: NodeName?, moving: MoveID?
    ) {
        self.name = name
        self.user = user
        self.identifier = identifier
        self.source = source
        self.direction = direction
        self.mode = mode
        self.suite = suite
        self.plane = plane
        self.type = type
        self.phase = phase
        self.traffic = traffic
        self.windowSize = windowSize
        self.extendedSequenceNumbers = extendedSequenceNumbers
        self.softLifetime = softLifetime
        self.hardLifetime = hardLifetime
        self.peer = peer
        self.moving = moving
    }
}
