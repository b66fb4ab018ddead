package import IPsec

extension APIStackCounters: WireMessage {
    /// The message for a stack's counters.
    package init(_ model: StackCounters) {
        self.init()
        unknownSpi = model.unknownSPI
        noPolicy = model.noPolicy
        discarded = model.discarded
        malformed = model.malformed
        unprotected = model.unprotected
        noAssociation = model.noAssociation
        droppedInMove = model.droppedInMove
        refusedTunnels = model.refusedTunnels
        hopLimitReached = model.hopLimitReached
        tooBig = model.tooBig
    }

    /// The counters; any message stands for some.
    package var model: StackCounters {
        get throws(MessageError) {
            var model = StackCounters()
            model.unknownSPI = unknownSpi
            model.noPolicy = noPolicy
            model.discarded = discarded
            model.malformed = malformed
            model.unprotected = unprotected
            model.noAssociation = noAssociation
            model.droppedInMove = droppedInMove
            model.refusedTunnels = refusedTunnels
            model.hopLimitReached = hopLimitReached
            model.tooBig = tooBig
            return model
        }
    }
}
