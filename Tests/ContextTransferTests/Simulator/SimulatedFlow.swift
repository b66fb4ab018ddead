import IPsec

/// What went through one key, ever, wherever its SA was.
struct SimulatedFlow {
    let keys: KeyedSuite
    /// The numbers that were sent, and those that gateways accepted.
    var sent = NumberSet()
    var accepted = NumberSet()
    /// Under which name of the gateway the mobile node sent, by number from 1 on.
    var names: [GatewayName] = []
    /// How old the SA was when it was last taken out of service, in milliseconds.
    var age = 0

    /// Numbers that are small and close together.
    struct NumberSet {
        private var members: [Bool] = []

        /// `false` where it was there before.
        mutating func insert(_ number: UInt64) -> Bool {
            let index = Int(number)
            while members.count <= index { members.append(false) }
            defer { members[index] = true }
            return !members[index]
        }
    }
}
