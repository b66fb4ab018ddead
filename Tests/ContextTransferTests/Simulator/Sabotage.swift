/// A rule of the design, broken on purpose: the simulator must find each.
enum Sabotage: CaseIterable, Sendable {
    /// The holder does not write down that the state may be sent.
    case mayBeSentNotDurable
    /// The taker does not write down that the SAs may come into force.
    case installingNotDurable
    /// The taker does not write down that it cancelled for ever.
    case cancelledNotDurable
    /// The holder puts its SAs back in force when nobody answers.
    case holderResumesOnTimeout
    /// A restarted holder puts its SAs back in force without asking.
    case holderResumesAfterRestart
    /// The holder reads the final state and goes on sending.
    case readWithoutStopping
    /// The outbound sequence number does not cross.
    case sequenceNumberNotMoved
    /// The replay window does not cross.
    case windowNotMoved
    /// The leader takes an abort after the switch as done at once.
    case abortWithoutAsking
    /// The holder keeps its copy after the taker has installed.
    case holderKeepsCopy
    /// The taker answers that it has installed before it has.
    case installedSaidTooEarly
    /// An SA that was lost in a restart is not reported.
    case lossNotReported
    /// The holder ends its SAs and nobody has the taker end its copy.
    case copyNotDestroyed
    /// The taker tells the mobile node once, and takes it for told.
    case updateNotRepeated
    /// The mobile node does not look at the order of updates.
    case oldUpdateTaken
    /// What comes under the old name has a replay window of its own.
    case oldNameHasOwnWindow
    /// The mobile node's numbers begin anew with the new name.
    case mobileNodeCountsAnew
    /// A member of a group goes on before all others are prepared.
    case groupCommitsEarly
    /// A group switches before all of its members have written down that it may.
    case groupSwitchesUnrecorded
    /// A member whose taker has nothing goes back, whatever became of the others.
    case memberReturnsAlone
    /// The others of a group are not told that one failed.
    case groupNotTold

    /// Whether it shows only where several moves are one.
    var isOfGroups: Bool {
        switch self {
        case .groupCommitsEarly, .groupSwitchesUnrecorded, .memberReturnsAlone, .groupNotTold: true
        case .mayBeSentNotDurable, .installingNotDurable, .cancelledNotDurable, .holderResumesOnTimeout,
            .holderResumesAfterRestart, .readWithoutStopping, .sequenceNumberNotMoved, .windowNotMoved,
            .abortWithoutAsking, .holderKeepsCopy, .installedSaidTooEarly, .lossNotReported, .copyNotDestroyed,
            .updateNotRepeated, .oldUpdateTaken, .oldNameHasOwnWindow, .mobileNodeCountsAnew:
            false
        }
    }
}
