import Glibc
import LinuxIPsec
import Testing

@Suite("What became of SAs that were to be taken out of service")
struct ParkingOutcomeTests {
    @Test("all are parked, one is refused, one had ended, or one and the other")
    func outcomes() throws {
        let state = try #require(try KernelWords.states()[0x1234])
        let parked = XfrmDatabase.Change(end: state, code: 0)
        let refused = XfrmDatabase.Change(end: state, code: EINVAL)
        let ended = XfrmDatabase.Change(end: nil, code: 0)
        #expect(ParkingOutcome([parked, parked]) == .parked)
        #expect(
            ParkingOutcome([parked, refused, parked, refused])
                == .refused(EINVAL, nowhere: [1, 3], parked: [0, 2]))
        #expect(ParkingOutcome([parked, ended, parked, ended]) == .ended(1, parked: [0, 2]))
        // What is nowhere is put back first of all; what had ended is found out by who resumes.
        #expect(ParkingOutcome([ended, parked, refused]) == .refused(EINVAL, nowhere: [2], parked: [1]))
    }
}
