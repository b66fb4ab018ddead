internal import CLinuxXfrm
internal import IPsec

extension XfrmPolicy {
    /// Why SAs that it uses cannot move: something of it would not be the same elsewhere. `nil` where all of it is carried.
    package var obstacle: XfrmObstacle? {
        if direction > KernelView.forwards { return .policy("is a socket's own") }
        if type != 0 { return .policy("is a sub policy") }
        if mark != nil { return .policy("is for packets with a mark") }
        if interfaceID != nil { return .policy("belongs to an XFRM interface") }
        if let type = unknown.keys.min() { return .policy("has an attribute of type \(type), which is not known") }
        if flags != 0 { return .policy("has kernel flags 0x\(String(flags, radix: 16))") }
        if share != 0 { return .policy("is not shared by all") }
        if lifetime != XfrmLifetime() { return .policy("has a lifetime of its own") }
        if templates.count > 1 { return .policy("has packets go through \(templates.count) transforms at once") }
        for template in templates {
            if template.isOptional { return .policy("also takes packets that are not protected") }
            if template.share != 0 { return .policy("has an SA for each session") }
            if template.algorithms.contains(where: { $0 != .max }) { return .policy("allows certain algorithms alone") }
        }
        do throws(XfrmObstacle) { _ = try selector.carried } catch { return .policy("is for \(error.object)") }
        return nil
    }

    /// What keeps SAs here because of policies that use them, by the request IDs by which these name them.
    package static func obstacles(_ policies: [XfrmPolicy]) -> [UInt32: XfrmObstacle] {
        var obstacles: [UInt32: XfrmObstacle] = [:]
        var (inwards, onwards): ([UInt32: Set<Place>], [UInt32: Set<Place>]) = ([:], [:])
        for policy in policies {
            let obstacle = policy.obstacle
            for template in policy.templates where template.requestID != 0 {
                if let obstacle { obstacles[template.requestID] = obstacle }
                guard template.mode == ProtocolMode.tunnel.kernel else { continue }
                let place = Place(selector: policy.selector, priority: policy.priority)
                switch policy.direction {
                case KernelView.inwards: inwards[template.requestID, default: []].insert(place)
                case KernelView.forwards: onwards[template.requestID, default: []].insert(place)
                default: break
                }
            }
        }
        // Elsewhere what comes in is also what may go on.
        for requestID in Set(inwards.keys).union(onwards.keys)
        where inwards[requestID] != onwards[requestID] && obstacles[requestID] == nil {
            obstacles[requestID] = .policy("lets other packets in than go on to other interfaces")
        }
        return obstacles
    }

    private struct Place: Hashable {
        let selector: XfrmSelector
        let priority: UInt32
    }

    /// What nothing else of a policy stands for, in a person's words: what `ip xfrm policy` shows besides.
    package var particulars: [String] {
        var words = templates.map(\.words)
        if direction > KernelView.forwards { words.append("of a socket") }
        if type != 0 { words.append("sub policy") }
        if let mark { words.append("mark \(mark)") }
        if let interfaceID { words.append("XFRM interface \(interfaceID)") }
        if flags != 0 { words.append("flags 0x\(String(flags, radix: 16))") }
        if lifetime != XfrmLifetime() { words.append("lifetime of its own") }
        do throws(XfrmObstacle) { _ = try selector.carried } catch { words.append("for \(error.object)") }
        return words
            + unknown.sorted { $0.key < $1.key }.map { "unknown attribute \($0.key), \($0.value) octets" }
    }
}

extension XfrmObstacle {
    /// What a selector has.
    fileprivate var object: String {
        guard case .selector(let what) = self else { return description }
        return what
    }
}

extension XfrmPolicy.Template {
    /// For example `template esp tunnel 10.0.0.1 → 10.0.0.2, request ID 7`.
    fileprivate var words: String {
        let name = SecurityProtocol(rawValue: securityProtocol)?.name ?? "protocol \(securityProtocol)"
        let way = mode == 0 ? "transport" : mode == 1 ? "tunnel" : "mode \(mode)"
        let any = source.value == 0 && destination.value == 0
        return "template \(name) \(way)" + (any ? "" : " \(source) → \(destination)")
            + (requestID == 0 ? "" : ", request ID \(requestID)")
            + (spi == 0 ? "" : ", SPI 0x\(String(spi, radix: 16))")
            + (isOptional ? ", optional" : "")
    }
}
