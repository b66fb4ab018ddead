import CProcess
import Gateway
import Glibc
import Testing

@Suite("Keys and core dumps")
struct KeySecrecyTests {
    @Test("a process with keys leaves no core, in a file or piped to a handler")
    func forbidden() throws {
        try KeySecrecy.begin()
        var limit = rlimit()
        #expect(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 && limit.rlim_max == 0)
        #expect(ferry_may_be_dumped() == 0)
    }
}
