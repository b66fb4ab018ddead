import ContextTransfer
import IPsec

/// The mobile node's ends of a lane's SAs, in a kernel that outlives its daemon.
struct SimulatedMobileNode {
    /// By SA index what it calls the gateway, and how often that changed.
    private(set) var names: [GatewayName]
    private(set) var orders: [UInt32] = [0, 0]
    /// The last number that it has sent.
    private(set) var number: UInt64 = 0
    /// What it sent, each under the name that the gateway had.
    private(set) var sent: [UInt64: GatewayName] = [:]

    init(_ lane: SimulatedAssociations.Lane) { names = lane.names }

    /// Sends so many packets; `false` where a number was used before.
    mutating func send(_ count: UInt64) -> Bool {
        for _ in 0..<count {
            number += 1
            guard sent.updateValue(names[0], forKey: number) == nil else { return false }
        }
        return true
    }

    /// Renames the gateway, for all of the SAs or for none.
    ///
    /// - Parameter sabotage: what is to be wrong.
    mutating func update(_ updates: [GatewayUpdate], _ sabotage: Sabotage?) -> MobileMove.Input {
        for update in updates {
            let index = Self.index(update)
            let isDone = orders[index] == update.order && names[index] == update.name
            if !isDone, orders[index] &+ 1 != update.order, sabotage != .oldUpdateTaken { return .failed(.outdated) }
        }
        for update in updates {
            let index = Self.index(update)
            (names[index], orders[index]) = (update.name, update.order)
        }
        if sabotage == .mobileNodeCountsAnew { number = 0 }
        return .updated
    }

    private static func index(_ update: GatewayUpdate) -> Int {
        SimulatedAssociations.index(of: update.identifier) % 2
    }
}
