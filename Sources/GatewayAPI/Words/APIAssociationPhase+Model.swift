package import IPsec

extension APIAssociationPhase: WireWord {
    /// The word for a value of the model.
    package init(_ model: SAPhase) {
        self =
            switch model {
            case .inForce: .inForce
            case .dying: .dying
            case .quiesced: .quiesced
            case .ended: .ended
            }
    }
}
