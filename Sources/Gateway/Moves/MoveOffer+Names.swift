import ContextTransfer
import IPsec

extension AssociationOffer {
    /// What a person calls the SA: its name, or its SPI where it has none.
    var label: String { name.isEmpty ? identifier.spi.description : name }
}

extension MoveOffer {
    /// What a person calls the SAs, by SA index.
    var names: [String] { associations.map(\.label) }
}
