package import ContextTransfer
package import IPsec

/// The IKE daemon beside this one: it negotiated SAs that are here or have moved away, and goes on to renew and end them.
package struct IKEDaemon: Sendable {
    /// What it tells without being asked; for one reader.
    package var words: AsyncStream<IKEWord>
    /// Has it renew what these are halves of; returns when that has begun.
    package var renew: @concurrent @Sendable ([SAIdentifier]) async throws(IKERefusal) -> Void
    /// Has it negotiate a child of its configuration; returns when the SAs are in force here.
    package var negotiate: @concurrent @Sendable (ConfiguredChild) async throws(IKERefusal) -> Void
    /// With whom it has SAs.
    package var users: @concurrent @Sendable () async throws(IKERefusal) -> [IKEUser]
    /// Ends all that it has with a user.
    package var end: @concurrent @Sendable (IKEUser) async throws(IKERefusal) -> Void
    /// What users say to IKE daemons is for this one, and goes on to no other gateway any more.
    package var takeMessages: @concurrent @Sendable () async -> Void
    /// Whether users know this gateway by that address, and another gateway answers for it now.
    package var isElsewhere: @concurrent @Sendable (IPAddress) async -> Bool

    package init(
        words: AsyncStream<IKEWord>,
        renew: @escaping @concurrent @Sendable ([SAIdentifier]) async throws(IKERefusal) -> Void,
        negotiate: @escaping @concurrent @Sendable (ConfiguredChild) async throws(IKERefusal) -> Void,
        users: @escaping @concurrent @Sendable () async throws(IKERefusal) -> [IKEUser],
        end: @escaping @concurrent @Sendable (IKEUser) async throws(IKERefusal) -> Void,
        takeMessages: @escaping @concurrent @Sendable () async -> Void,
        isElsewhere: @escaping @concurrent @Sendable (IPAddress) async -> Bool
    ) {
        (self.words, self.renew, self.negotiate) = (words, renew, negotiate)
        (self.users, self.end) = (users, end)
        (self.takeMessages, self.isElsewhere) = (takeMessages, isElsewhere)
    }
}

/// Somebody with whom an IKE daemon has SAs.
package struct IKEUser: Hashable, Sendable {
    /// What the IKE daemon calls what it has with the user, while it has it.
    package let number: UInt32
    /// The identity that was proved.
    package let name: String
    /// What is in force, each once.
    package let children: [ConfiguredChild]
    /// The SAs of both directions.
    package let associations: [SAIdentifier]

    package init(number: UInt32, name: String, children: [ConfiguredChild], associations: [SAIdentifier]) {
        (self.number, self.name) = (number, name)
        (self.children, self.associations) = (children, associations)
    }
}

/// What an IKE daemon tells without being asked.
package enum IKEWord: Hashable, Sendable {
    /// SAs came here, each in the place of another one; of an SA there may be more than one that it could stand for.
    case renewed([Succession])
    /// SAs came here in the place of none.
    case began([SAIdentifier])
    /// SAs ended, wherever they are.
    case ended([SAIdentifier])
}

/// Why an IKE daemon did not do what it was asked for, as a sentence without full stop.
package struct IKERefusal: Error, Hashable, Sendable {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }
}
