import Foundation

/// How much the tests that draw from seeds try: FERRY_NIGHTLY=1 asks for what a night has time for.
enum Nightly {
    static let isOn = ProcessInfo.processInfo.environment["FERRY_NIGHTLY"] == "1"
    /// Changed messages, in blocks of 10,000: 100,000, or 5,000,000.
    static let mutationBlocks = isOn ? 500 : 10
    /// Runs of the simulator, in blocks of 1,000: 20,000, or 100,000.
    static let simulatorBlocks = isOn ? 100 : 20
}
