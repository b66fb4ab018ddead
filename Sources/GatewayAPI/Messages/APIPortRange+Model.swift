extension APIPortRange: WireMessage {
    /// The message for a range of ports.
    package init(_ model: ClosedRange<UInt16>) {
        self.init()
        first = UInt32(model.lowerBound)
        last = UInt32(model.upperBound)
    }

    /// The range.
    package var model: ClosedRange<UInt16> {
        get throws(MessageError) {
            let lower = try UInt16(exactly: first).valid("first", first)
            let upper = try UInt16(exactly: last).valid("last", last)
            guard lower <= upper else { throw .invalid(field: "last", value: "\(upper), below \(lower)") }
            return lower...upper
        }
    }
}
