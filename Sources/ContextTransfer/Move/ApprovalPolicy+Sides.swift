package import ForwardingPath

extension ApprovalPolicy {
    /// Whether an operator at the previous router must agree.
    package var needsSource: Bool { self == .source || self == .both }
    /// Whether an operator at the new router must agree.
    package var needsTarget: Bool { self == .target || self == .both }

    /// Everybody whom either rule names: a request adds to a router's own rule, and never takes from it.
    package func joined(_ other: ApprovalPolicy?) -> ApprovalPolicy {
        guard let other else { return self }
        return switch (needsSource || other.needsSource, needsTarget || other.needsTarget) {
        case (false, false): .automatic
        case (true, false): .source
        case (false, true): .target
        case (true, true): .both
        }
    }
}
