import ContextTransfer
import ForwardingPath
import IPsec

/// What a seed makes of the simulated network before anything happens.
struct WorldSetting {
    /// What stands against SAs where they go.
    enum Conflict { case none, deny, reassign, renegotiate, missing }

    /// How many mobile nodes there are, each with a pair of SAs.
    var lanes = 1
    /// Whether the pairs move as a group, or as a drain; else there is one.
    var isGroup = false
    var isDrain = false
    /// Whether SAs are negotiated by the daemons; then they live and die with them. Else they are a kernel's.
    var negotiates = false
    /// By lane when, if ever, the lifetimes of the first SAs are reached.
    var soft: Int?
    var hard: Int?
    var conflict = Conflict.none
    /// How mobile nodes know gateways.
    var identity = GatewayIdentity.indirect

    /// How often a party crashes before it carries out an action, and a message is lost: once in so many times.
    var crashOdds = 150
    var lossOdds = 12

    /// How long SAs live, in seconds: those that are negotiated outlive the run.
    static let lifetimes = (soft: UInt64(200), hard: UInt64(230))

    init(_ random: inout SplitMix, faults: Bool, _ stage: Sabotage.Stage) {
        isGroup = stage == .group || stage == .any && random.once(in: 4)
        isDrain = stage == .drain || stage == .any && !isGroup && random.once(in: 8)
        negotiates =
            stage == .negotiation || stage == .replacement
            || stage != .lifetime && stage != .drain && random.once(in: 3)
        lanes = isGroup ? 2 : isDrain ? Int.random(in: 3...4, using: &random) : 1
        if stage == .lifetime || stage == .negotiation || faults && random.once(in: 3) {
            let time = Int.random(in: 0..<(random.once(in: 2) ? 900 : 8_000), using: &random)
            if random.once(in: 2) { soft = time }
            if soft == nil || random.once(in: 2) {
                hard = time + (soft == nil ? 0 : Int.random(in: 50...3_000, using: &random))
            }
            if stage == .negotiation { (soft, hard) = (time, nil) }
        }
        crashOdds = [60, 200, 1_000].randomElement(using: &random) ?? 200
        lossOdds = [5, 12, 60].randomElement(using: &random) ?? 12
        identity = random.once(in: 2) ? .direct : .indirect
        let isReplaced = negotiates && lanes == 1 && !random.once(in: 3)
        let die = isReplaced ? Int.random(in: 4...6, using: &random) : Int.random(in: 0..<14, using: &random)
        conflict =
            switch die {
            case 0 where faults, 7...9 where faults && isDrain: .deny
            case 1...3: .reassign
            case 4, 5: isReplaced ? .renegotiate : .none
            case 6: isReplaced ? .missing : .none
            default: .none
            }
        if stage == .naming, conflict != .reassign { identity = .direct }
        if stage == .replacement { (conflict, lanes, isGroup, isDrain) = (.renegotiate, 1, false, false) }
        if stage == .conflict { (conflict, identity) = (.deny, .indirect) }
    }
}
