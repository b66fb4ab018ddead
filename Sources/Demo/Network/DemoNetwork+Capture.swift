extension DemoNetwork {
    /// What is wrong with the capture that was asked for, without a full stop; `nil` where it is whole.
    package var captureProblem: String? { capture.problem }

    /// Which keys are not in the table that was asked for, without a full stop; `nil` where all are.
    package var keyTableGap: String? { capture.gap }
}
