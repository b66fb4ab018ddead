import CursesScreen
import Testing

@Suite("FramePacer")
struct FramePacerTests {
    @Test("the first news is drawn at once, later ones together when the time for a frame has come")
    func pacing() {
        let start = ContinuousClock.Instant.now
        var pacer = FramePacer(framesPerSecond: 10)
        #expect(pacer.news(at: start) == .draw)
        pacer.drew(at: start)
        #expect(pacer.news(at: start + .milliseconds(30)) == .drawAfter(.milliseconds(70)))
        #expect(pacer.news(at: start + .milliseconds(60)) == .isPlanned)
        #expect(pacer.planIsDue() == true)
        pacer.drew(at: start + .milliseconds(100))
        #expect(pacer.planIsDue() == false)
        #expect(pacer.news(at: start + .milliseconds(200)) == .draw)
    }
}
