/// What happened to an SA before, at whichever gateway, and has to be known after a restart: in the kernel's own SA, whose
/// sequence number of an acquire (`xfrm_usersa_info.seq`) has no meaning once it is there.
package struct XfrmPast: Hashable, Sendable {
    /// How often it was put in force, with the first time; 511 stands for more.
    package var installs: UInt32
    /// How often its gateway's end was renamed; 511 stands for more.
    package var renamings: UInt32

    package init(installs: UInt32 = 1, renamings: UInt32 = 0) {
        (self.installs, self.renamings) = (installs, renamings)
    }

    // From the upper bits on: 3 that say that the number is ours, which no acquire's number reaches; 9 and 9 for the two
    // numbers; 11 that differ between SAs, because the kernel finds them by this number too, and has to walk through all that
    // have the same.
    private static let (tag, tagMask): (UInt32, UInt32) = (0b011 << 29, 0b111 << 29)
    /// From here on the numbers do not grow.
    static let most: UInt32 = 0x1ff
    private static let shifts: (installs: UInt32, renamings: UInt32) = (11, 20)
    private static let spread: UInt32 = 0x7ff

    /// What a number of the kernel says; one that is not ours says that nothing happened.
    fileprivate init(_ sequence: UInt32) {
        guard sequence & Self.tagMask == Self.tag else {
            self.init()
            return
        }
        self.init(
            installs: sequence >> Self.shifts.installs & Self.most,
            renamings: sequence >> Self.shifts.renamings & Self.most)
    }

    fileprivate func sequence(of spi: UInt32) -> UInt32 {
        Self.tag | min(renamings, Self.most) << Self.shifts.renamings
            | min(installs, Self.most) << Self.shifts.installs | (spi ^ spi >> 11 ^ spi >> 22) & Self.spread
    }
}

extension XfrmState {
    /// What happened to it before.
    package var past: XfrmPast {
        get { XfrmPast(sequence) }
        // An SA that nothing happened to keeps the number that key management gave it.
        set { if newValue != past { sequence = newValue.sequence(of: spi) } }
    }
}
