/// What became of SAs that were to be taken out of service: all of them are, or none is to be. SAs are told by their places in
/// the list.
package enum ParkingOutcome: Equatable, Sendable {
    case parked
    /// The kernel refuses the parked form of some, for the first of them with that `errno`: they are nowhere.
    case refused(Int32, nowhere: [Int], parked: [Int])
    /// At that place is the first that had ended by itself.
    case ended(Int, parked: [Int])

    package init(_ changes: [XfrmDatabase.Change]) {
        let parked = changes.indices.filter { changes[$0].end != nil && changes[$0].code == 0 }
        let nowhere = changes.indices.filter { changes[$0].code != 0 }
        if let first = nowhere.first {
            self = .refused(changes[first].code, nowhere: nowhere, parked: parked)
        } else if let place = changes.firstIndex(where: { $0.end == nil }) {
            self = .ended(place, parked: parked)
        } else {
            self = .parked
        }
    }
}
