/// A rule of the design, broken on purpose: the simulator must find each.
enum Sabotage: CaseIterable, Sendable {
    // What the invariants need: one sender, one receipt, nothing lost, no key left behind.
    /// The outbound sequence number does not cross.
    case sequenceNumberNotMoved
    /// SAs that are negotiated anew have the keys of the old ones.
    case oldKeysUsedAnew
    /// The replay window does not cross.
    case windowNotMoved
    /// An SA that was lost in a restart is not reported.
    case lossNotReported
    /// An SA that reached its hard lifetime is not reported.
    case expiryNotReported
    /// SAs that ended are reported, but no new ones are asked for.
    case renegotiationNotAsked
    /// The holder keeps its copy after the taker has installed.
    case holderKeepsCopy
    /// The taker holds the contexts of a move that was cancelled.
    case heldNotForgotten

    // Abort.
    /// The holder does not write down that the state may be sent.
    case mayBeSentNotDurable
    /// The holder reads the final state and goes on sending.
    case readWithoutStopping
    /// The leader takes an abort after the switch as done at once.
    case abortWithoutAsking

    // Unknown is asked, never guessed.
    /// The taker does not write down that the SAs may come into force.
    case installingNotDurable
    /// The taker does not write down that it cancelled for ever.
    case cancelledNotDurable
    /// The taker answers that it has installed before it has.
    case installedSaidTooEarly
    /// The taker answers that it never installed what it had in force for a moment.
    case spentSaidCancelled
    /// The taker forgets moves that are over, and installs again what comes late.
    case moveInstalledAgain

    // The source never puts an SA back in force by itself.
    /// The holder puts its SAs back in force when nobody answers.
    case holderResumesOnTimeout
    /// A restarted holder puts its SAs back in force without asking.
    case holderResumesAfterRestart
    /// The holder ends its SAs and nobody has the taker end its copy.
    case copyNotDestroyed

    // Reassign and direct mode.
    /// The taker tells the mobile node once, and takes it for told.
    case updateNotRepeated
    /// The mobile node does not look at the order of updates.
    case oldUpdateTaken
    /// What comes under the old name has a replay window of its own.
    case oldNameHasOwnWindow
    /// The mobile node's numbers begin anew with the new name.
    case mobileNodeCountsAnew

    // Groups.
    /// A member of a group goes on before all others are prepared.
    case groupCommitsEarly
    /// A group switches before all of its members have written down that it may.
    case groupSwitchesUnrecorded
    /// A member whose taker has nothing goes back, whatever became of the others.
    case memberReturnsAlone
    /// The others of a group are not told that one failed.
    case groupNotTold

    // Races.
    /// A negotiation of SAs cancels no move that prepares.
    case changeDoesNotCancel
    /// A negotiation begins although a move takes the SAs away.
    case renewalDoesNotWait
    /// New SAs move before both ends use them.
    case unusedMoved
    /// An SA comes into force whose hard lifetime is reached.
    case expiredInstalled
    /// The age of an SA does not cross.
    case ageNotMoved

    // Conflicts, and what is negotiated in a move's place.
    /// An SA comes under an SPI that is in use.
    case usedNameTaken
    /// The holder ends the old SAs before both ends use the new ones.
    case oldEndedTooEarly
    /// New SAs are used before the holder passes their packets on.
    case newUsedTooEarly

    // Drains.
    /// More moves are under way than may be.
    case drainUnbounded
    /// A drain counts moves that came to nothing as completed.
    case drainMiscounts
    /// A drain goes on after it was stopped.
    case drainNotStopped
    /// A drain that was stopped goes on after a restart.
    case drainStopNotWritten
    /// What came to nothing is tried once more although the drain was stopped.
    case drainRetriesWhenStopped
    /// What left is tried once more.
    case drainRetriesWhatLeft
    /// What is tried once more counts as another move.
    case drainCountsRetries
    /// A gateway that refused SAs is asked again.
    case drainAsksAgain
    /// What is in the way is waited for without end.
    case drainWaitsOn
}

extension Sabotage {
    /// Where a rule can show.
    enum Stage: CaseIterable, Sendable {
        case any, alone, group, drain, negotiation, lifetime, naming, conflict, replacement
    }

    var stage: Stage {
        switch self {
        case .cancelledNotDurable, .installingNotDurable, .moveInstalledAgain: .alone
        case .groupCommitsEarly, .groupSwitchesUnrecorded, .memberReturnsAlone, .groupNotTold: .group
        case .drainUnbounded, .drainMiscounts, .drainNotStopped, .drainStopNotWritten, .drainRetriesWhenStopped,
            .drainRetriesWhatLeft, .drainCountsRetries, .drainAsksAgain, .drainWaitsOn:
            .drain
        case .changeDoesNotCancel, .renewalDoesNotWait, .unusedMoved, .oldKeysUsedAnew, .renegotiationNotAsked:
            .negotiation
        case .expiredInstalled, .ageNotMoved, .expiryNotReported: .lifetime
        case .updateNotRepeated, .oldUpdateTaken, .oldNameHasOwnWindow, .mobileNodeCountsAnew: .naming
        case .usedNameTaken: .conflict
        case .oldEndedTooEarly, .newUsedTooEarly: .replacement
        case .mayBeSentNotDurable, .holderResumesOnTimeout,
            .holderResumesAfterRestart, .readWithoutStopping, .sequenceNumberNotMoved, .windowNotMoved,
            .abortWithoutAsking, .holderKeepsCopy, .installedSaidTooEarly, .lossNotReported, .copyNotDestroyed,
            .heldNotForgotten, .spentSaidCancelled:
            .any
        }
    }

    /// The rules and invariants of DESIGN section 4, each with what breaks it here. Beside them stand those that no
    /// machine of a move keeps.
    static let rules: [(rule: String, broken: [Sabotage])] = [
        ("one sender", [.sequenceNumberNotMoved, .oldKeysUsedAnew, .readWithoutStopping]),
        ("one receipt", [.windowNotMoved, .oldNameHasOwnWindow]),
        ("nothing lost", [.lossNotReported, .expiryNotReported, .renegotiationNotAsked, .installedSaidTooEarly]),
        ("no key left behind", [.holderKeepsCopy, .heldNotForgotten, .copyNotDestroyed]),
        ("abort", [.mayBeSentNotDurable, .readWithoutStopping, .abortWithoutAsking]),
        (
            "unknown is asked, never guessed",
            [
                .installingNotDurable, .cancelledNotDurable, .installedSaidTooEarly, .spentSaidCancelled,
                .moveInstalledAgain,
            ]
        ),
        (
            "the source never puts an SA back by itself",
            [.holderResumesOnTimeout, .holderResumesAfterRestart, .copyNotDestroyed]
        ),
        ("groups", [.groupCommitsEarly, .groupSwitchesUnrecorded, .memberReturnsAlone, .groupNotTold]),
        (
            "reassign and direct mode",
            [.updateNotRepeated, .oldUpdateTaken, .oldNameHasOwnWindow, .mobileNodeCountsAnew]
        ),
        ("races", [.changeDoesNotCancel, .renewalDoesNotWait, .unusedMoved, .expiredInstalled, .ageNotMoved]),
        ("conflicts", [.usedNameTaken, .oldEndedTooEarly, .newUsedTooEarly]),
        (
            "drains",
            [
                .drainUnbounded, .drainMiscounts, .drainNotStopped, .drainStopNotWritten, .drainRetriesWhenStopped,
                .drainRetriesWhatLeft, .drainCountsRetries, .drainAsksAgain, .drainWaitsOn,
            ]
        ),
        // Nonces: that a counter goes on with the number is "one sender"; that of `seqiv` needs a kernel's stack, which
        // is not there yet. Stragglers, the order of both ends of a type 4 SA and the virtual address are the packet
        // engine's and the network's: UserspaceIPsecTests and DemoTests play them with packets. Unplanned takeover is
        // not built.
    ]
}
