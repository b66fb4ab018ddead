package import IPsec

extension APIObstacle {
    /// The message for what keeps an SA.
    package init(_ model: MoveObstacle) {
        self.init()
        (reason, endsWithRenewal) = (model.reason, model.endsWithRenewal)
    }

    /// What keeps the SA.
    package var model: MoveObstacle { MoveObstacle(reason, endsWithRenewal: endsWithRenewal) }
}
