import IPsec

extension APITrafficDelta {
    /// The message for the packets of an SA.
    init(_ whose: SAIdentifier, _ now: ReportedTraffic) {
        self.init()
        identifier = APIAssociationIdentifier(whose)
        traffic = APITraffic(now)
    }

    /// The change.
    var model: GatewayChange.Kind {
        get throws(MessageError) {
            guard hasIdentifier else { throw .missing(field: "identifier") }
            guard hasTraffic else { throw .missing(field: "traffic") }
            return .traffic(try identifier.model, try traffic.model)
        }
    }
}
