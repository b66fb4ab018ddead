import Testing

/// Parts of what a person does and sees in a demo.
struct Story {
    let tmux: Tmux

    init(_ tmux: Tmux) { self.tmux = tmux }

    /// The dashboard with its counters running.
    @discardableResult
    func seeDashboard(holder: String = "SG1", at location: SourceLocation = #_sourceLocation) async throws -> Picture {
        let first = try await tmux.see("SAs in force at \(holder)", at: location) {
            $0.packets(of: "up", at: holder) != nil && $0.packets(of: "down", at: holder) != nil
        }
        return try await seePackets(at: holder, since: first, at: location)
    }

    /// From the dashboard to a move that waits for approval.
    func begin(holder: String, at location: SourceLocation = #_sourceLocation) async throws {
        try await seeDashboard(holder: holder, at: location)
        try await tmux.press("m")
        try await tmux.see("Plan: down, up at \(holder)", "Start (s)", "Cancel", at: location)
        try await tmux.answer("s")
        try await tmux.see("approve  for PR: press a", at: location)
    }

    /// Agrees to the move that waits.
    func approve(at location: SourceLocation = #_sourceLocation) async throws {
        try await tmux.press("a")
        try await tmux.see("Approve (y)", "Deny (d)", at: location)
        try await tmux.answer("y")
    }

    /// All phases over with their times, the SAs at their new gateway only, their packets going on.
    func complete(from old: String, to new: String, at location: SourceLocation = #_sourceLocation) async throws {
        let phases = [
            "plan", "approve", "collect", "prepare", "quiesce", "transfer", "install", "redirect", "release",
        ]
        let picture = try await tmux.see("a completed move, each phase with its time, the SAs at \(new)", at: location)
        {
            (picture: Picture) in
            // Each gateway tells by itself: the old one's word may come after the leader's.
            picture.shows("✓ completed") && picture.finishedPhases == phases
                && ["up", "down"].allSatisfy {
                    picture.packets(of: $0, at: new) != nil && picture.packets(of: $0, at: old) == nil
                }
        }
        try await seePackets(at: new, since: picture, at: location)
    }

    /// More packets of both SAs than there were in a picture.
    @discardableResult
    func seePackets(
        at gateway: String, since picture: Picture, at location: SourceLocation = #_sourceLocation
    ) async throws -> Picture {
        try await tmux.see("more packets at \(gateway)", at: location) { now in
            ["up", "down"].allSatisfy { name in
                now.packets(of: name, at: gateway).map { $0 > picture.packets(of: name, at: gateway) ?? 0 } ?? false
            }
        }
    }
}
