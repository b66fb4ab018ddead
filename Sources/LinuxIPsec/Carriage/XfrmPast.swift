/// What happened to an SA before, at whichever gateway, and has to be known after a restart: in the kernel's own SA, whose
/// sequence number of an acquire (`xfrm_usersa_info.seq`) has no meaning once it is there.
package struct XfrmPast: Hashable, Sendable {
    /// How often it was put in force, with the first time; 4,095 stands for more.
    package var installs: UInt32
    /// How often its gateway's end was renamed.
    package var renamings: UInt32

    package init(installs: UInt32 = 1, renamings: UInt32 = 0) {
        (self.installs, self.renamings) = (installs, renamings)
    }

    private static let tag: UInt32 = 0x46 << 24
    private static let most: UInt32 = 0xfff

    /// What a number of the kernel says; one that is not ours says that nothing happened.
    fileprivate init(_ sequence: UInt32) {
        guard sequence & 0xff00_0000 == Self.tag else {
            self.init()
            return
        }
        self.init(installs: sequence & Self.most, renamings: sequence >> 12 & Self.most)
    }

    fileprivate var sequence: UInt32 {
        Self.tag | min(renamings, Self.most) << 12 | min(installs, Self.most)
    }
}

extension XfrmState {
    /// What happened to it before.
    package var past: XfrmPast {
        get { XfrmPast(sequence) }
        // An SA that nothing happened to keeps the number that key management gave it.
        set { if newValue != past { sequence = newValue.sequence } }
    }
}
