import IPsec
import LinuxIPsec

/// An install that fails leaves nothing of its own, and everything of others.
enum StackUndoing {
    static func run(_ report: inout StackReport) async throws {
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { return }
        let (stack, database) = (try await Stack.here.stack(), try await Stack.here.database())
        let (own, far) = (Stack.address(1), Stack.address(2))
        let pair = [
            try Stack.association(0x7101, suite, from: own, to: far, .outbound),
            try Stack.association(0x7102, suite, from: far, to: own, .inbound),
        ]
        let policy = Policy(
            name: "p", direction: .outbound,
            selectors: [TrafficSelector(source: AddressRange(own), destination: AddressRange(far), nextProtocol: 17)],
            action: .protect, origin: .user("lab"), association: pair[0].identifier)
        // Somebody else has an SA of that name, with a key of its own.
        let other = XfrmState(
            try Stack.association(0x7102, suite, from: far, to: own, .inbound), requestID: 99,
            now: KernelTime.now.seconds)
        report.check(try database.add([other]) == [0], "an SA cannot be added by hand")
        do {
            try await stack.install(pair, policies: [policy])
            report.check(false, "two SAs have one name")
        } catch StackError.identifierInUse {}
        let left = try database.states()
        report.check(
            left.count == 1 && left[0].combined?.key == other.combined?.key,
            "after an install that failed there are \(left.map(\.spi)), and not just what was there before")
        // What was to be protected does not leave in the clear.
        let policies = try database.policies()
        report.check(
            policies.count == 1 && policies.allSatisfy { $0.action == 1 && $0.direction == 1 },
            "after an install that failed the policies are \(policies.map(\.selector))")
        try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
        _ = try database.delete([other.name])
        try await stack.install(pair, policies: [policy])
        report.check(try database.states().count == 2, "an install does not succeed after one that failed")
        // One that must not be there goes, and what it protected does not leave in the clear either.
        try await stack.destroy(pair.map(\.identifier))
        let barred = try database.policies()
        report.check(
            try database.states().isEmpty && barred.count == 1 && barred[0].action == 1,
            "SAs that were to be destroyed left \(barred.map(\.selector))")
        try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
        try await undoUsed(stack, database, pair, policy, &report)
    }

    /// What fails once packets may have gone through is told apart by what the kernel counted, and by what is gone already.
    private static func undoUsed(
        _ stack: LinuxStack, _ database: XfrmDatabase, _ pair: [SecurityAssociation], _ policy: Policy,
        _ report: inout StackReport
    ) async throws {
        for (use, isSpent) in [("nothing", false), ("packets", true), ("the end of one", true)] {
            try await stack.install(pair, policies: [policy])
            let states = pair.map { XfrmState($0, requestID: 0, now: KernelTime.now.seconds) }
            switch use {
            case "packets": try await StackPackets.send(3, to: Stack.address(2))
            case "the end of one": _ = try database.delete([states[1].name])
            default: break
            }
            let failure = LinuxStack.InstallFailure(
                reason: .system("the lab's"), added: Set(states.map(\.name)))
            var isEnded = false
            do { try await stack.undo(states, [], [:], because: failure) } catch StackError.ended { isEnded = true }
            let left = try database.states()
            report.check(
                isEnded == isSpent, "an install that failed after \(use) is\(isEnded ? "" : " not") told as ended")
            report.check(
                isSpent ? !left.isEmpty && left.allSatisfy { $0.mark != nil } : left.isEmpty,
                "an install that failed after \(use) leaves \(left.map(\.spi)), or they are in force")
            for state in left { _ = try database.delete([state.name]) }
            try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
        }
    }
}
