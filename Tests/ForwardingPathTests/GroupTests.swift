import ForwardingPath
import IPsec
import Testing

@Suite("Groups")
struct GroupTests {
    let figure = Topology("MN PR SG1 G RN", "MN NR SG2 G RN")

    @Test("the two directions between the same ends are one unit")
    func pair() {
        let plan = figure.with("MN SG1", named: "up").with("SG1 MN", named: "down").plan
        #expect(plan.associations.map(\.group) == ["up+down", "up+down"])
        #expect(plan.associations.map(\.moves) == ["SG1>SG2", "SG1>SG2"])
    }

    @Test("of several pairs the first of each direction belong together")
    func pairs() {
        let plan = figure.with("MN SG1", named: "u1").with("MN SG1", named: "u2").with("SG1 MN", named: "d1")
            .with("SG1 MN", named: "d2").with("SG1 MN", named: "d3").plan
        #expect(plan.associations.map(\.group) == ["u1+d1", "u2+d2", "u1+d1", "u2+d2", nil])
    }

    @Test("SAs of different users, planes or ends are not a pair")
    func strangers() {
        let plan = figure.with("MN SG1", named: "1").with("SG1 MN", named: "2", origin: .user("other"))
            .with("SG1 MN", named: "3", plane: .control).with("PR MN", named: "4").plan
        #expect(plan.associations.allSatisfy { $0.group == nil })
    }

    @Test("a pair moves whole or not at all")
    func whole() {
        let plan = figure.with("MN SG1", named: "up").with("SG1 MN", named: "down", suite: .chacha)
            .limiting("SG2", suites: [.gcm]).limiting("NR", suites: [.gcm]).plan
        #expect(plan.associations.map(\.action) == [.conflict, .conflict])
    }

    @Test("a pair needs room for both")
    func room() {
        let plan = figure.with("MN SG1", named: "up").with("SG1 MN", named: "down")
            .limiting("SG2", capacity: 1).limiting("NR", capacity: 1).plan
        #expect(plan.associations.map(\.action) == [.conflict, .conflict])
    }
}
