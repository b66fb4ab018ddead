import GatewayAPI
import IPsec

/// What a stack said of itself at one time, as the API tells it: it outlives the SAs, so it has no key.
struct StackReading {
    var associations: [ReportedAssociation] = []
    var policies: [Policy] = []
    var counters = StackCounters()
}
