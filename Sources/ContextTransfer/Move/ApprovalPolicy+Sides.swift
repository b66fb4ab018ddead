package import ForwardingPath

extension ApprovalPolicy {
    /// Whether an operator at the previous router must agree.
    package var needsSource: Bool { self == .source || self == .both }
    /// Whether an operator at the new router must agree.
    package var needsTarget: Bool { self == .target || self == .both }
}
