import ContextTransfer
import ForwardingPath
import IPsec

extension APIAssociation: WireMessage {
    /// The message for an SA; there is no field that a key could go to.
    package init(_ model: ReportedAssociation) {
        self.init()
        name = model.name
        user = model.user
        identifier = APIAssociationIdentifier(model.identifier)
        source = model.source.description
        direction = APIDirection(model.direction)
        mode = APIProtocolMode(model.mode)
        suite = model.suite.name
        plane = APIPlane(model.plane)
        if let saType = model.type { type = UInt32(saType.rawValue) }
        phase = APIAssociationPhase(model.phase)
        traffic = APITraffic(model.traffic)
        if let size = model.windowSize { windowSize = UInt32(clamping: size) }
        extendedSequenceNumbers = model.extendedSequenceNumbers
        softLifetime = APILifetime(model.softLifetime)
        hardLifetime = APILifetime(model.hardLifetime)
        peer = model.peer?.text ?? ""
        moving = model.moving?.description ?? ""
        if let keeps = model.obstacle { obstacle = APIObstacle(keeps) }
        particulars = model.particulars
        if let foreign = model.suite.foreign { foreignSuite = APISecurityProtocol(foreign.securityProtocol) }
    }

    /// The SA.
    package var model: ReportedAssociation {
        get throws(MessageError) {
            guard hasIdentifier else { throw .missing(field: "identifier") }
            guard hasTraffic else { throw .missing(field: "traffic") }
            var model = ReportedAssociation(
                name: name, user: user, identifier: try identifier.model,
                source: try IPAddress(source).valid("source", source), direction: try direction.model("direction"),
                mode: try mode.model("mode"), suite: try AlgorithmSuite(field: "suite", suite, foreign: foreignSuite),
                plane: try plane.model("plane"), type: hasType ? try SAType(field: "type", type) : nil,
                phase: try phase.model("phase"),
                traffic: try traffic.model, windowSize: try size,
                extendedSequenceNumbers: extendedSequenceNumbers, softLifetime: try softLifetime.model,
                hardLifetime: try hardLifetime.model, peer: try peer.unlessEmpty("peer") { NodeName($0) },
                moving: try moving.unlessEmpty("moving") { MoveID($0) })
            (model.obstacle, model.particulars) = (hasObstacle ? obstacle.model : nil, particulars)
            return model
        }
    }

    private var size: Int? {
        get throws(MessageError) {
            guard hasWindowSize else { return nil }
            let size = Int(windowSize)
            guard ReplayWindow.sizes.contains(size) else { throw .invalid(field: "window_size", value: String(size)) }
            return size
        }
    }
}
