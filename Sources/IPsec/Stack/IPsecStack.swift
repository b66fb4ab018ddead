/// A stack that processes packets: the daemon's only way to SAs in force.
///
/// A call that takes several SAs changes all of them or, when it throws, none.
package protocol IPsecStack: Sendable {
    /// What the stack tells without being asked; for one reader.
    var events: AsyncStream<StackEvent> { get }
    /// What the stack can do, now.
    func capabilities() async throws -> StackCapabilities
    /// Every SA that the stack has, in any phase.
    func associations() async throws -> [AssociationStatus]
    /// Those of these SAs that the stack has, in any phase; it takes as long however many others there are.
    func associations(_ identifiers: [SAIdentifier]) async throws -> [SAIdentifier: AssociationStatus]
    /// The phases of those of these SAs that the stack has.
    func phases(of identifiers: [SAIdentifier]) async throws -> [SAIdentifier: SAPhase]
    /// The ordered policies.
    func policies() async throws -> [Policy]
    /// The policies that use these SAs, SA by SA.
    func policies(using identifiers: [SAIdentifier]) async throws -> [Policy]
    /// Packets refused that belong to no SA.
    func counters() async throws -> StackCounters

    /// Puts SAs with their policies in force, each with the numbers and windows in its state. Throws ``StackError/ended(_:)``
    /// where they may have processed packets although it failed.
    func install(_ associations: [SecurityAssociation], policies: [Policy]) async throws
    /// The policies that use an SA of the keys use that of its value from now on, all at once; they keep their places.
    func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) async throws
    /// Takes SAs out of service and reads their final state, in one step: afterwards none of them sends or accepts.
    /// Packets for them go to `forwarding`, if it is given, until they are removed or resumed; those that come from there
    /// wait until then.
    func quiesce(
        _ identifiers: [SAIdentifier], forwarding: ForwardingTarget?
    ) async throws -> [SAIdentifier: DynamicAttributes]
    /// After a restart: packets for SAs that went to another gateway, are out of service because they are about to, or did not
    /// come from there, go there again.
    func forward(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async throws
    /// Puts quiesced SAs back in force with the state that they had.
    func resume(_ identifiers: [SAIdentifier]) async throws
    /// Ends SAs: they, their keys and the policies that use them are gone. An SA that is not there is not an error.
    /// Where the SAs were quiesced with a target, later packets for them still go there if `keepsForwarding`.
    func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) async throws
    /// Ends SAs that must not be here, because what they protect is another gateway's; nothing of it leaves in the clear.
    func destroy(_ identifiers: [SAIdentifier]) async throws
    /// Throws ``StackError/policyInUse(_:)`` or another error where the policies could not be put in force with these SAs.
    func check(_ policies: [Policy], of associations: [SecurityAssociation]) async throws
    /// Holds packets for SAs that will be installed, up to a bounded number for each, and processes them at install.
    func expect(_ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]) async throws
    /// SAs that will be installed, the keys, take the place of ones that are here, the values: both may be for the same
    /// packets, which go through the old ones until then and through the new ones afterwards. Of ones that are not here it
    /// means nothing.
    func succeed(_ successions: [SAIdentifier: SAIdentifier]) async
    /// Key management is about to install SAs in the place of these by itself, with policies of its own: until
    /// ``tighten(_:)`` what these may receive may come through those as well.
    func loosen(_ identifiers: [SAIdentifier]) async throws
    /// What is still as ``loosen(_:)`` made it is as before.
    func tighten(_ identifiers: [SAIdentifier]) async throws
    /// Takes what comes from other gateways for the old names, the keys, as meant for the new ones, the values, which are
    /// expected or installed.
    func adopt(_ names: [SAIdentifier: SAIdentifier]) async throws
    /// Forgets the old names of these SAs once no straggler can be under way any more.
    func retireOldNames(of identifiers: [SAIdentifier]) async throws
    /// Gives the far gateway's end of SAs another name, where they have numbers and windows go on, and the policies that
    /// use them. An update that was carried out already is not carried out again. Throws
    /// ``StackError/outdated(_:)`` for one that is older than the last, or not the next.
    func update(_ updates: [GatewayUpdate]) async throws
    /// Stops holding; gives back to `target` what was held and what still comes, which leaves here no more in the clear, or
    /// drops what was held.
    func forget(_ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?) async throws
}

extension IPsecStack {
    /// For a stack that reads as fast what it has beside them.
    package func phases(of identifiers: [SAIdentifier]) async throws -> [SAIdentifier: SAPhase] {
        try await associations(identifiers).mapValues(\.phase)
    }

    /// For a stack that lets SAs with the same policies be beside each other anyway.
    package func succeed(_ successions: [SAIdentifier: SAIdentifier]) async {}

    /// For a stack that lets nothing out that no policy lets out.
    package func destroy(_ identifiers: [SAIdentifier]) async throws {
        try await remove(identifiers, keepsForwarding: false)
    }

    /// For a stack in which key management installs nothing by itself.
    package func loosen(_ identifiers: [SAIdentifier]) async throws {}

    /// The same.
    package func tighten(_ identifiers: [SAIdentifier]) async throws {}
}
