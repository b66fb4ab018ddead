import GatewayAPI
import Terminal

/// The console: what it knows of all gateways, what is open on the screen, and what its user may do.
///
/// It has no effects and no clock: messages bring news, keys and the time, commands say what is to be done.
package struct ConsoleProgram: Program {
    /// All that is known of the gateways.
    package internal(set) var fleet: Fleet
    /// How it behaves.
    let options: ConsoleOptions
    /// By the console's clock, from the last message that told it.
    var now = ClockTime(milliseconds: 0)
    /// Of the screen.
    var size = Size(columns: 80, rows: 24)

    /// The open view, and the one before it.
    var view = ViewKind.dashboard
    /// The part of the dashboard that has the keys.
    var pane = Pane.associations
    /// Which plane's paths are shown, by its number among those there are.
    var plane = 0
    /// The lists.
    var gateways = RowList<GatewayRows>()
    var associations = RowList<AssociationRows>()
    var policies = RowList<PolicyRows>()
    var moves = RowList<MoveRows>()
    var events = RowList<EventRows>()
    /// What becomes of a drain's users.
    var drained = RowList<DrainedRows>()
    /// Whether in the view of moves these have the keys.
    var isDrainOpen = false
    /// What a gateway was asked of them last, when that or its answer was, and whether it has not answered yet.
    var drainedAsked: (query: DrainedQuery, at: ClockTime, isOpen: Bool)?
    /// The SAs drawn under the paths.
    var arcs = PathArcs()
    /// What the header counts.
    var counted = Census()

    /// What is frozen, and since when.
    var frozen: (fleet: Fleet, since: ClockTime)?
    /// The page over the view, and its first line in sight.
    var page: (kind: OpenPage, scroll: Int)?
    /// The question over everything.
    var question: Question?
    /// What is being typed at the bottom.
    var entry: LineEntry?
    /// Commands that were typed before.
    var history: [String] = []
    /// What just happened.
    var notice: Notice? { didSet { noticed = now } }
    /// When that was.
    var noticed = ClockTime(milliseconds: 0)
    /// Whether it may order anything.
    var arming: Arming
    /// The key that came last, and when: a held key is told by it.
    var lastKey: (key: Key, at: ClockTime)?
    /// The tick that was asked for.
    var tick: Int?

    /// A console for these gateways; others may join by their news.
    package init(gateways: [GatewayLabel] = [], options: ConsoleOptions = ConsoleOptions()) {
        fleet = Fleet(gateways)
        self.options = options
        arming = options.opensArmed ? .armedForGood : .readOnly
        refresh()
    }

    /// How many seconds may pass before something on the screen has to be drawn again for time alone; `nil` when
    /// nothing has to. ``ConsoleCommand/tick(everySeconds:)`` says the same whenever it changes.
    package var wantedTick: Int? { TickNeed(self).seconds }
}
