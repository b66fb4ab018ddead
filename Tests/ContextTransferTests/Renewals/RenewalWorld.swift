import ContextTransfer
import ForwardingPath
import IPsec

/// A holder and a taker that has the holder's SAs negotiated anew, over a network that loses, doubles, reorders and delays,
/// and where the taker may be restarted.
struct RenewalWorld {
    var random: RandomMoves
    var holder: RenewalMove
    var taker = RenewalTaking()
    var messages: [(content: RenewalMessage.Content, toTaker: Bool)] = []
    private var holderWaits = false
    private var takerWaits = false
    /// What the key management is at.
    private var negotiation = Negotiation.idle
    private(set) var hasOld = true
    /// The new SAs whose packets the holder passes on.
    private var forwards: Set<SAIdentifier> = []
    /// How often the taker negotiated: each time other SAs.
    private var generation: UInt32 = 0
    /// Whether both ends use the new SAs.
    private(set) var isRenewed = false
    private(set) var outcome: MoveOutcome?
    private(set) var isRestarted = false
    /// Whether the holder asks for new SAs because nobody knows what the other end has.
    private(set) var isAskedAnew = false
    private(set) var violation: String?

    private enum Negotiation: Equatable {
        case idle, talking, waiting, using
    }

    private var new: [SAIdentifier] {
        [SPI(0x3000 + generation), SPI(0x4000 + generation)].compactMap(\.self).map {
            SAIdentifier(spi: $0, destination: IPAddress(v4: 192, 0, 2, 1), securityProtocol: .esp)
        }
    }

    init(seed: UInt64) {
        random = RandomMoves(seed: seed)
        let task = RenewalTask(
            peer: "MN", associations: [AssociationTemplate(random.association())], policies: [[]],
            profile: UserProfile(user: "MN"), onlyUpgrades: false)
        holder = RenewalMove(task)
        giveHolder(.start)
    }

    mutating func giveHolder(_ input: RenewalMove.Input) {
        for action in holder.handle(input) {
            switch action {
            case .send(let content): messages.append((content, true))
            case .setDeadline(let duration): holderWaits = duration != nil
            case .enter, .tell: break
            case .forward(let new): forwards.formUnion(new)
            case .end:
                hasOld = false
                if !isRenewed { violation = "the old SAs ended before the new ones were used" }
            case .renew: isAskedAnew = true
            case .finish(let outcome): self.outcome = outcome
            }
        }
    }

    mutating func giveTaker(_ input: RenewalTaking.Input) {
        for action in taker.handle(input) {
            switch action {
            case .send(let content): messages.append((content, false))
            case .setDeadline(let duration): takerWaits = duration != nil
            case .negotiate:
                if negotiation != .idle { violation = "negotiated twice" }
                negotiation = .talking
                generation += 1
            case .proceed(let goesOn):
                if goesOn, !forwards.isSuperset(of: new) { violation = "packets for the new SAs are not passed on" }
                negotiation = goesOn ? .using : .idle
            }
        }
    }

    /// Does one thing; `false` where there is nothing to do. Without faults messages arrive in their order.
    mutating func step(withFaults: Bool) -> Bool {
        let die = random.below(100)
        if withFaults, die == 0 {
            (taker, takerWaits, negotiation, isRestarted) = (RenewalTaking(), false, .idle, true)
        } else if withFaults, die == 1 {
            giveHolder(.abort(by: "alice"))
        } else if negotiation == .talking, !withFaults || die < 30 {
            negotiate(fails: withFaults && die < 5)
        } else if negotiation == .using, !withFaults || die < 30 {
            negotiation = .idle
            isRenewed = true
            giveTaker(.renewed)
        } else if !messages.isEmpty, !withFaults || die < 80 {
            let place = withFaults ? random.below(messages.count) : 0
            let (content, toTaker) = messages[place]
            let fate = withFaults ? random.below(10) : 9
            if fate != 0 { messages.remove(at: place) }
            guard fate > 2 else { return true }
            if toTaker { giveTaker(.received(content)) } else { giveHolder(.received(content)) }
        } else if holderWaits || takerWaits {
            if holderWaits && (!takerWaits || random.maybe()) {
                giveHolder(.deadlinePassed)
            } else {
                giveTaker(.deadlinePassed)
            }
        } else if messages.isEmpty {
            return false
        }
        return true
    }

    private mutating func negotiate(fails: Bool) {
        negotiation = fails ? .idle : .waiting
        giveTaker(fails ? .failed(.failure("no answer")) : .agreed(new))
    }
}
