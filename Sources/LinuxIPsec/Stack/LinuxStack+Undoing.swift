internal import Glibc
package import IPsec

/// An install that fails.
extension LinuxStack {
    /// Why an install failed, and what has the names of its SAs.
    package struct InstallFailure {
        let reason: StackError
        /// What was added nevertheless; `nil` where that is not known.
        let added: Set<XfrmName>?
        let inTheWay: Set<XfrmName>

        package init(reason: StackError, added: Set<XfrmName>?, inTheWay: Set<XfrmName> = []) {
            (self.reason, self.added, self.inTheWay) = (reason, added, inTheWay)
        }
    }

    /// Adds all to the kernel; gives why that failed, where it did.
    func add(
        _ states: [XfrmState], _ identifiers: [SAIdentifier], with entries: [XfrmPolicy]
    ) -> InstallFailure? {
        let codes: (states: [Int32], policies: [Int32])
        do { codes = try database.add(states, with: entries) } catch {
            // It may have done so all the same.
            return InstallFailure(reason: .system("SAs are not taken: \(error)"), added: nil)
        }
        let added = Set(zip(states, codes.states).filter { $0.1 == 0 }.map(\.0.name))
        guard let refused = codes.states.firstIndex(where: { $0 != 0 }) else {
            return codes.policies.first { $0 != 0 }.map {
                InstallFailure(reason: .system("a policy is not taken: \(ErrorText.of($0))"), added: added)
            }
        }
        let inTheWay = Set(zip(states, codes.states).filter { $0.1 == EEXIST }.map(\.0.name))
        return InstallFailure(
            reason: codes.states[refused] == EEXIST
                ? .identifierInUse(identifiers[refused])
                : .unsupported(identifiers[refused], ErrorText.of(codes.states[refused])),
            added: added, inTheWay: inTheWay)
    }

    /// Takes away what of an install that failed is there; what was to be protected does not go out in the clear. Throws
    /// ``StackError/ended(_:)`` where packets may have gone through it meanwhile, and leaves it out of service.
    package func undo(
        _ states: [XfrmState], _ entries: [XfrmPolicy], _ requestIDs: [SAIdentifier: UInt32],
        because failure: InstallFailure
    ) throws {
        do {
            let places = Set(entries.map(KernelPolicies.Place.init))
            let senders = Dictionary(requestIDs.map { ($1, $0) }) { first, _ in first }
            let added = try database.policies().filter { policy in
                places.contains(KernelPolicies.Place(policy))
                    && policy.templates.contains { senders[$0.requestID] != nil }
            }
            // One of SAs that had left may have been there before.
            _ = try database.add(KernelPolicies.barriers(insteadOf: added, senders, .left), replaces: true)
            _ = try database.delete(added.filter { !$0.isOutwards })
            // Not what was there before by the same name.
            let present = try database.states(named: states.map(\.name))
            let own = states.filter {
                !failure.inTheWay.contains($0.name) && present[$0.name]?.hasKeys(of: $0) ?? false
            }
            // One that is gone already, by its lifetime, was there.
            let isOneGone = states.contains { state in
                present[state.name] == nil && failure.added?.contains(state.name) ?? state.lifetime.endsByUse
            }
            let ends = try database.replace(own.map(\.name)) { $0.mark = KernelView.parkedMark }.map(\.end)
            let areUnused = zip(own, ends).allSatisfy { own, end in end.map { $0.isUsedAs(own) } ?? false }
            guard areUnused, !isOneGone else {
                throw StackError.ended("\(failure.reason); packets went through SAs meanwhile")
            }
            _ = try database.delete(own.map(\.name.parked))
        } catch let error as NetlinkError {
            throw StackError.ended("\(failure.reason); and what is there of them is not taken away: \(error)")
        }
    }
}

extension XfrmState {
    fileprivate func hasKeys(of other: XfrmState) -> Bool {
        combined?.key == other.combined?.key && encryption?.key == other.encryption?.key
            && authentication?.key == other.authentication?.key
    }

    /// Whether no packet went through one that does not through the other.
    fileprivate func isUsedAs(_ other: XfrmState) -> Bool {
        use.packets == other.use.packets && replay.lastSent == other.replay.lastSent
            && replay.highest == other.replay.highest
    }
}
