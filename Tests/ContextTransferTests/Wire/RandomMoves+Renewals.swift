import ContextTransfer
import ForwardingPath
import IPsec

/// What a holder and a taker say where SAs are negotiated anew.
extension RandomMoves {
    static let renewalCount = 13

    private mutating func template() -> AssociationTemplate {
        AssociationTemplate(association())
    }

    private mutating func task() -> RenewalTask {
        let associations = list(3) { $0.template() }
        return RenewalTask(
            peer: nodeName(), associations: associations,
            policies: associations.map { _ in list(2) { $0.policy() } },
            profile: UserProfile(
                user: text(), suites: list(4) { $0.suite() }, modes: list(3) { $0.pick(ProtocolMode.standard) }),
            onlyUpgrades: maybe())
    }

    /// A message of the `kind`-th form.
    mutating func renewal(_ kind: Int) -> RenewalMessage {
        let content: RenewalMessage.Content =
            switch kind {
            case 0: .survey(offer(MoveSubject(address: address())).associations)
            case 1:
                .surveyed(
                    TakerWord(
                        verdicts: verdicts(), suites: list(4) { $0.suite() },
                        spiConflict: pick(SPIConflictPolicy.allCases), canReassign: maybe()))
            case 2: .order(task())
            case 3: .ready(list(3) { $0.identifier() })
            case 4: .forwarding(list(3) { $0.identifier() })
            case 5: .renewed(list(3) { $0.identifier() })
            case 6: .succession(list(3) { Succession(new: $0.identifier(), old: $0.identifier()) })
            case 7: .ended(list(3) { $0.identifier() })
            case 8: .renew(list(3) { $0.identifier() })
            case 9: .takeOver(list(3) { ConfiguredChild(connection: $0.text(), child: $0.text()) })
            case 10: .left
            case 11: .done
            default: .refused(reason())
            }
        return RenewalMessage(
            id: MoveID(UInt128(generator.next()) << 64 | UInt128(generator.next())), sender: nodeName(),
            receiver: nodeName(), content: content)
    }
}
