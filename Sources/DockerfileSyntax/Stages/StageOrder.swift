// SPDX-License-Identifier: Apache-2.0

/// Looks for loops among stages; without recursion, for a file can have many.
struct StageOrder {
    /// The first stage that is part of a loop, or leads into one; nil when there is none.
    let stageInLoop: Int?

    init(_ needs: [[Int]]) {
        enum State { case new, open, done }
        var states = [State](repeating: .new, count: needs.count)
        for start in needs.indices where states[start] == .new {
            var path: [(stage: Int, next: Int)] = [(start, 0)]
            states[start] = .open
            while let (stage, next) = path.last {
                guard next < needs[stage].count else {
                    states[stage] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let other = needs[stage][next]
                guard needs.indices.contains(other) else { continue }
                switch states[other] {
                case .open:
                    stageInLoop = other
                    return
                case .new:
                    states[other] = .open
                    path.append((other, 0))
                case .done: continue
                }
            }
        }
        stageInLoop = nil
    }
}
