extension APIPlanReply: WireMessage {
    /// The message for a plan.
    package init(_ model: ReportedPlan) {
        self.init()
        token = model.token
        expiresMs = model.expires.milliseconds
        approval = APIApprovalPolicy(model.approval)
        associations = model.associations.map { APIPlannedAssociation($0) }
        if let octets = model.contextOctets { contextOctets = octets }
        if let pause = model.expectedPause { expectedPauseUs = pause.wholeMicroseconds }
        pauseEstimated = model.isPauseEstimated
    }

    /// The plan.
    package var model: ReportedPlan {
        get throws(MessageError) {
            var plan = ReportedPlan(
                token: token, expires: try ClockTime(field: "expires_ms", expiresMs),
                approval: try approval.model("approval"), associations: try associations.models)
            plan.contextOctets = hasContextOctets ? contextOctets : nil
            plan.expectedPause = hasExpectedPauseUs ? Duration(wholeMicroseconds: expectedPauseUs) : nil
            plan.isPauseEstimated = pauseEstimated
            return plan
        }
    }
}
