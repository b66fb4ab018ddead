package import ForwardingPath

extension APIPlane: WireWord {
    /// The word for a value of the model.
    package init(_ model: Plane) {
        self =
            switch model {
            case .data: .data
            case .control: .control
            case .management: .management
            }
    }
}
