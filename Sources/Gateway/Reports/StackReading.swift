import IPsec

/// What a stack said of itself at one time.
struct StackReading {
    var associations: [AssociationStatus] = []
    var policies: [Policy] = []
    var counters = StackCounters()
}
