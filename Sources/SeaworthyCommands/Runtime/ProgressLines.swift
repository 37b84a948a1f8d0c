// SPDX-License-Identifier: Apache-2.0

/// What a long command says of how far it is: on a terminal every line, in a log at most one a second, the first one at once.
struct ProgressLines {
    private let isPaced: Bool
    private let say: (String) -> Void
    private let now: () -> Duration
    private var last: Duration?

    /// - Parameters:
    ///   - isPaced: whether lines that come too soon are left out.
    ///   - now: the time since any fixed moment; it never goes back.
    ///   - say: takes a line.
    init(isPaced: Bool, now: @escaping () -> Duration, say: @escaping (String) -> Void) {
        self.isPaced = isPaced
        self.now = now
        self.say = say
    }

    /// Lines on standard error, by this machine's clock.
    init(_ console: Console) {
        let start = ContinuousClock.now
        self.init(isPaced: !console.isErrorTerminal, now: { ContinuousClock.now - start }, say: console.remark)
    }

    /// Says a line, or leaves it out.
    mutating func tell(_ line: @autoclosure () -> String) {
        if isPaced {
            let time = now()
            if let last, time - last < .seconds(1) { return }
            last = time
        }
        say(line())
    }
}
