import ForwardingPath
import IPsec

extension APIPlannedAssociation: WireMessage {
    /// The message for what a plan does with an SA.
    package init(_ model: ReportedPlanEntry) {
        self.init()
        name = model.name
        plane = APIPlane(model.plane)
        if let saType = model.type { type = UInt32(saType.rawValue) }
        action = APIPlannedAction(model.action)
        relocations = model.relocations.map { APIRelocation($0) }
        if let index = model.spi { spi = index.value }
        spiKept = model.keepsSPI
        suite = model.suite.name
        upgrade = model.upgrade?.name ?? ""
        if let octets = model.pathMTUBefore { pathMtuBefore = UInt32(octets) }
        if let octets = model.pathMTUAfter { pathMtuAfter = UInt32(octets) }
        reasons = model.reasons
        typeReason = model.typeReason ?? ""
        group = model.group ?? ""
        told = model.told
        risks = model.risks
        contextOctets = model.contextOctets.map { $0 ?? 0 }
        if let isAccepted = model.isSuiteAccepted { suiteAccepted = isAccepted }
        refusedNow = model.isRefusedNow
        leader = model.leader?.text ?? ""
        if let foreign = model.suite.foreign { foreignSuite = APISecurityProtocol(foreign.securityProtocol) }
    }

    /// What the plan does with the SA.
    package var model: ReportedPlanEntry {
        get throws(MessageError) {
            let planned = PlannedAssociation(
                name: name, plane: try plane.model("plane"), type: hasType ? try SAType(field: "type", type) : nil,
                action: try action.model("action"), relocations: try relocations.models,
                group: group.isEmpty ? nil : group)
            var model = ReportedPlanEntry(
                planned, suite: try AlgorithmSuite(field: "suite", suite, foreign: foreignSuite))
            model.spi = hasSpi ? try SPI(spi).valid("spi", spi) : nil
            model.keepsSPI = spiKept
            model.upgrade = try upgrade.unlessEmpty("upgrade") { AlgorithmSuite(name: $0) }
            model.pathMTUBefore =
                hasPathMtuBefore ? try UInt16(exactly: pathMtuBefore).valid("path_mtu_before", pathMtuBefore) : nil
            model.pathMTUAfter =
                hasPathMtuAfter ? try UInt16(exactly: pathMtuAfter).valid("path_mtu_after", pathMtuAfter) : nil
            model.reasons = reasons
            model.typeReason = typeReason.isEmpty ? nil : typeReason
            (model.told, model.risks) = (told, risks)
            model.contextOctets = contextOctets.map { $0 == 0 ? nil : $0 }
            model.isSuiteAccepted = hasSuiteAccepted ? suiteAccepted : nil
            model.isRefusedNow = refusedNow
            model.leader = try leader.unlessEmpty("leader") { NodeName($0) }
            return model
        }
    }
}
