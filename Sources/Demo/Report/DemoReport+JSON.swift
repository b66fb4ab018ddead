import ConfigurationFiles
import ForwardingPath
import Foundation
import GatewayAPI
import IPsec

extension DemoReport: Encodable {
    private enum Key: CodingKey {
        case scenario, outcome, reason, associations, traffic, replay, pause, phases, signalling, requests
        case name, type, action, moves, from, to, spi, before, after, at, suite, gatewayAddresses, pathMTU, lastSent
        case sent, received, lost, duplicated, offered, accepted, granted, refused
        case drains, gateway, users, moved, aborted, failed, stuck, staying, targets, stayed, user, names
        case count, p50Milliseconds, p99Milliseconds, maxMilliseconds, milliseconds
        case messages, bytes, mobileNodeMessages, staticBytesPerAssociation, dynamicBytesPerAssociation, planMessages
        case planBytes
    }

    /// The report as one JSON object; other programs read it.
    package func encode(to encoder: any Encoder) throws {
        var top = encoder.container(keyedBy: Key.self)
        try top.encode(scenario, forKey: .scenario)
        try top.encode(outcome.rawValue, forKey: .outcome)
        if !reason.isEmpty { try top.encode(reason, forKey: .reason) }
        var list = top.nestedUnkeyedContainer(forKey: .associations)
        for association in associations {
            var item = list.nestedContainer(keyedBy: Key.self)
            try item.encode(association.name, forKey: .name)
            try item.encode(association.type?.rawValue, forKey: .type)
            try item.encode(association.action.rawValue, forKey: .action)
            try item.encode(association.outcome.rawValue, forKey: .outcome)
            var moves = item.nestedUnkeyedContainer(forKey: .moves)
            for move in association.moves { try moves.encode(["from": move.from.text, "to": move.to.text]) }
            var spi = item.nestedContainer(keyedBy: Key.self, forKey: .spi)
            try spi.encode(association.before, forKey: .before)
            try spi.encode(association.after, forKey: .after)
            try item.encode(association.at.map(\.text), forKey: .at)
            try item.encodeIfPresent(association.suite?.name, forKey: .suite)
            try item.encode(association.gatewayAddresses.map(\.description), forKey: .gatewayAddresses)
            try item.encodeIfPresent(association.pathMTU, forKey: .pathMTU)
            try item.encodeIfPresent(association.lastSent, forKey: .lastSent)
        }
        var flows = top.nestedUnkeyedContainer(forKey: .traffic)
        for flow in traffic {
            var item = flows.nestedContainer(keyedBy: Key.self)
            try item.encode(flow.from.text, forKey: .from)
            try item.encode(flow.to.text, forKey: .to)
            try item.encode(flow.sent, forKey: .sent)
            try item.encode(flow.received, forKey: .received)
            try item.encode(flow.lost, forKey: .lost)
            try item.encode(flow.duplicated, forKey: .duplicated)
        }
        var drained = top.nestedUnkeyedContainer(forKey: .drains)
        for drain in drains { try encode(drain, to: drained.nestedContainer(keyedBy: Key.self)) }
        try top.encode(["granted": requests, "refused": refusals], forKey: .requests)
        try top.encode(["offered": replay.offered, "accepted": replay.accepted], forKey: .replay)
        var pauses = top.nestedContainer(keyedBy: Key.self, forKey: .pause)
        try pauses.encode(pause.pauses.count, forKey: .count)
        try pauses.encode(pause.percentile(0.5).milliseconds, forKey: .p50Milliseconds)
        try pauses.encode(pause.percentile(0.99).milliseconds, forKey: .p99Milliseconds)
        try pauses.encode((pause.pauses.last ?? .zero).milliseconds, forKey: .maxMilliseconds)
        var steps = top.nestedUnkeyedContainer(forKey: .phases)
        for phase in phases {
            var item = steps.nestedContainer(keyedBy: Key.self)
            try item.encode(phase.name, forKey: .name)
            try item.encode(phase.duration.milliseconds, forKey: .milliseconds)
        }
        var signals = top.nestedContainer(keyedBy: Key.self, forKey: .signalling)
        try signals.encode(signalling.messages, forKey: .messages)
        try signals.encode(signalling.bytes, forKey: .bytes)
        try signals.encode(signalling.mobileNodeMessages, forKey: .mobileNodeMessages)
        try signals.encode(signalling.staticBytesPerAssociation, forKey: .staticBytesPerAssociation)
        try signals.encode(signalling.dynamicBytesPerAssociation, forKey: .dynamicBytesPerAssociation)
        try signals.encode(signalling.planMessages, forKey: .planMessages)
        try signals.encode(signalling.planBytes, forKey: .planBytes)
    }

    private func encode(_ drain: Drain, to container: KeyedEncodingContainer<Key>) throws {
        var item = container
        try item.encode(drain.gateway.text, forKey: .gateway)
        for (count, key) in [
            (drain.users, Key.users), (drain.moves, .moves), (drain.associations, .associations),
            (drain.moved, .moved), (drain.refused, .refused), (drain.aborted, .aborted), (drain.failed, .failed),
            (drain.stuck, .stuck), (drain.staying, .staying),
        ] { try item.encode(count, forKey: key) }
        var targets = item.nestedUnkeyedContainer(forKey: .targets)
        for target in drain.targets {
            var place = targets.nestedContainer(keyedBy: Key.self)
            try place.encode(target.gateway.text, forKey: .gateway)
            try place.encode(target.moves, forKey: .moves)
            try place.encode(target.associations, forKey: .associations)
        }
        try item.encode(drain.duration.milliseconds, forKey: .milliseconds)
        var stayed = item.nestedUnkeyedContainer(forKey: .stayed)
        for one in drain.stayed {
            var line = stayed.nestedContainer(keyedBy: Key.self)
            try line.encode(one.user, forKey: .user)
            try line.encode(one.names, forKey: .names)
            try line.encodeIfPresent(one.to?.text, forKey: .to)
            try line.encode(one.outcome, forKey: .outcome)
            try line.encode(one.reason, forKey: .reason)
        }
    }

    /// The report in JSON, its keys in alphabetical order.
    package func json() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            preconditionFailure("A report has only text and numbers: \(error)")
        }
    }
}

extension Duration {
    /// In milliseconds, to the microsecond.
    fileprivate var milliseconds: Double { (self / .microseconds(1)).rounded() / 1_000 }
}
