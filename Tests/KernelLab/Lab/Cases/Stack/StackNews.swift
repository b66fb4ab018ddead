import Foundation
import IPsec
import LinuxIPsec

/// What others do is noticed: an SA that somebody adds, more of them than notifications are kept for, an SA that a policy
/// wants, lifetimes; and tens of thousands are listed without loss.
enum StackNews {
    private static let many: UInt32 = 20_000

    static func run(_ report: inout StackReport) async throws {
        let database = try await Stack.here.database()
        try await running { stack in
            _ = try await stack.associations()
            try await notice(stack, database, &report)
        }
        // One that has not to read first what it was told of many: a packet that wants an SA is told of once.
        try await running { stack in try await hear(stack, &report) }
        try await overrun(database, &report)
    }

    /// Does something with a stack that hears what is told.
    private static func running(_ body: (LinuxStack) async throws -> Void) async throws {
        let stack = try await Stack.here.stack()
        let work = Task { try await stack.run() }
        defer { work.cancel() }
        try await body(stack)
    }

    private static func states(_ range: Range<UInt32>, hardSeconds: UInt64 = 0) throws -> [XfrmState] {
        guard let suite = AlgorithmSuite(esp: .aesGCM128) else { return [] }
        return try range.map { number in
            var state = XfrmState(
                try Stack.association(
                    0x1_0000 + number, suite, from: Stack.address(2), to: Stack.address(1), .inbound),
                requestID: 0, now: KernelTime.now.seconds)
            state.lifetime.hardSeconds = hardSeconds
            return state
        }
    }

    /// One that somebody adds and deletes, and many.
    private static func notice(
        _ stack: LinuxStack, _ database: XfrmDatabase, _ report: inout StackReport
    ) async throws {
        let one = try states(0..<1)
        let start = ContinuousClock.now
        report.check(try database.add(one) == [0], "an SA cannot be added")
        while try await stack.associations().isEmpty, ContinuousClock.now - start < .seconds(5) {}
        report.noticedMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        report.check(report.noticedMilliseconds < 1_000, "a new SA is not noticed within a second")
        _ = try database.delete(one.map(\.name))
        report.check(try await stack.associations().isEmpty, "an SA that is gone is still listed")
        let all = try states(0..<many)
        report.check(try database.add(all).allSatisfy { $0 == 0 }, "\(many) SAs cannot be added")
        let listed = try await stack.associations()
        report.listed = Set(listed.map(\.association.identifier)).count
        report.check(report.listed == Int(many), "\(listed.count) entries of \(many) SAs are listed")
        try await list(policies: 20_000, stack, database, &report)
        try Stack.ip("-n", "STA", "xfrm", "state", "flush")
        report.check(try await stack.associations().isEmpty, "SAs that were flushed are still listed")
    }

    /// Policies that somebody adds.
    private static func list(
        policies count: Int, _ stack: LinuxStack, _ database: XfrmDatabase, _ report: inout StackReport
    ) async throws {
        let policies = (0..<count).map { number in
            var selector = XfrmSelector(all: .v4)
            (selector.destination, selector.destinationPrefix) = (
                IPAddress(v4: 10, 100, UInt8(number >> 8), UInt8(number & 0xff)), 32
            )
            (selector.source, selector.sourcePrefix) = (Stack.address(1), 32)
            var policy = XfrmPolicy(direction: 1, selector: selector)
            policy.priority = UInt32(number)
            policy.templates = [
                XfrmPolicy.Template(
                    source: Stack.address(1), destination: Stack.address(2), securityProtocol: 50,
                    requestID: UInt32(number), mode: 1)
            ]
            return policy
        }
        report.check(try database.add(policies).allSatisfy { $0 == 0 }, "\(count) policies cannot be added")
        let listed = try await stack.policies()
        report.policiesListed = Set(listed.map(\.name)).count
        report.check(listed.count == count, "\(listed.count) of \(count) policies are listed")
        report.check(listed.map(\.priority) == policies.map(\.priority), "policies are not in the kernel's order")
        try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
        report.check(try await stack.policies().isEmpty, "policies that were flushed are still listed")
    }

    /// What a stack tells by itself.
    private static func hear(_ stack: LinuxStack, _ report: inout StackReport) async throws {
        guard let suite = AlgorithmSuite(esp: .aesGCM128) else { return }
        let short = try Stack.association(0x9000, suite, from: Stack.address(2), to: Stack.address(1), .inbound) {
            $0.softLifetime = Lifetime(seconds: 1)
            $0.hardLifetime = Lifetime(seconds: 3)
        }
        try await stack.install([short], policies: [])
        try Stack.ip(
            "-n", "STA", "xfrm", "policy", "add", "src", "10.77.0.1", "dst", "10.77.0.3", "dir", "out", "tmpl", "src",
            "10.77.0.1", "dst", "10.77.0.3", "proto", "esp", "mode", "tunnel")
        try await StackPackets.send(1, to: Stack.address(3))
        try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
        let wanted: Set<StackEvent> = [
            .softLifetimeReached(short.identifier), .ended(short.identifier, .hardLifetime),
            .wanted(source: Stack.address(1), destination: Stack.address(3)),
        ]
        let untold = await untold(wanted, by: stack)
        report.check(untold.isEmpty, "the stack did not tell \(untold)")
    }

    /// What a stack does not tell of these within some time.
    private static func untold(_ wanted: Set<StackEvent>, by stack: LinuxStack) async -> Set<StackEvent> {
        await withTaskGroup(of: Set<StackEvent>?.self) { group in
            group.addTask {
                var left = wanted
                for await event in stack.events {
                    left.remove(event)
                    if left.isEmpty { break }
                }
                return left
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(20))
                return nil
            }
            var left = wanted
            for await result in group {
                if let result { left = result }
                group.cancelAll()
            }
            return left
        }
    }

    /// A stack that keeps next to no notifications: what it lists is nevertheless what there is, and an end that it did not
    /// hear of is told.
    private static func overrun(_ database: XfrmDatabase, _ report: inout StackReport) async throws {
        let monitor = try await Namespace.within("STA") { try XfrmMonitor(bufferOctets: 2_048) }
        let stack = try await Stack.here.stack(notificationOctets: 2_048)
        // Nobody reads meanwhile: nearly all is lost.
        report.check(try database.add(try states(1..<3_001)).allSatisfy { $0 == 0 }, "3,000 SAs cannot be added")
        report.check(monitor.takeNews(), "a full buffer is no news")
        var rounds = 0
        monitor.read(until: {
            rounds += 1; return rounds > 2
        }) { event in
            if case .overrun = event { report.overruns += 1 }
        }
        report.check(report.overruns > 0, "notifications that were lost are not noticed")
        let listed = try await stack.associations().count
        report.check(listed == 3_000, "after an overrun \(listed) of 3,000 SAs are listed")
        let mortal = try states(0..<1, hardSeconds: 1)
        report.check(try database.add(mortal) == [0], "an SA cannot be added")
        _ = try await stack.associations()
        try await Task.sleep(for: .seconds(2))
        let work = Task { try await stack.run() }
        let identifier = mortal.first.flatMap { state in
            SPI(state.spi).map { SAIdentifier(spi: $0, destination: Stack.address(1), securityProtocol: .esp) }
        }
        let untold = await untold(Set(identifier.map { [.ended($0, .hardLifetime)] } ?? []), by: stack)
        work.cancel()
        report.check(untold.isEmpty, "the stack did not tell \(untold), of which it had not heard")
        try Stack.ip("-n", "STA", "xfrm", "state", "flush")
    }
}
