// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import Registries
import Reporting
import Synchronization

/// Shows how an image comes in: off a terminal a line a second at most, on one a line that is written over.
///
/// What is done within a second shows nothing; that a server is waited for is always said.
final class PullDisplay: Sendable {
    private let isTerminal: Bool
    private let now: @Sendable () -> Double
    private let write: @Sendable (String) -> Void
    private let state: Mutex<State>

    private struct State {
        var last: Double
        var blobs = 0
        var bytes = 0
        var isDirty = false
    }

    /// - Parameters:
    ///   - isTerminal: whether a line can be written over.
    ///   - now: seconds of a clock that never goes back.
    ///   - write: takes text as it is, for standard error.
    init(isTerminal: Bool, now: @escaping @Sendable () -> Double, write: @escaping @Sendable (String) -> Void) {
        self.isTerminal = isTerminal
        self.now = now
        self.write = write
        state = Mutex(State(last: now()))
    }

    /// Takes what happened.
    func show(_ event: PullEvent) {
        state.withLock { state in
            switch event {
            case .resolved: break
            case .held(let descriptor), .received(let descriptor):
                state.blobs += 1
                state.bytes += descriptor.size
            case .receiving(let descriptor, let bytes):
                let here = state
                tick(&state) {
                    "\(descriptor.digest.short): \(HumanText.size(bytes)) of \(HumanText.size(descriptor.size)); "
                        + "\(here.blobs) of its blobs with \(HumanText.size(here.bytes)) are here"
                }
            case .receivingArchive(let bytes):
                tick(&state) { "\(HumanText.size(bytes)) of the engine's archive are here" }
            case .waiting(let seconds, let why): line("waiting \(seconds) s: \(why.harmless)", &state)
            case .attestationAbsent(let digest):
                line("note: the registry lacks the attestation \(digest.short) that the index names", &state)
            }
        }
    }

    /// Takes the line away that is written over.
    func finish() {
        state.withLock { state in
            if state.isDirty { write("\r\u{1B}[K") }
            state.isDirty = false
        }
    }

    private func tick(_ state: inout State, _ text: () -> String) {
        let time = now()
        guard time - state.last >= (isTerminal ? 0.1 : 1) else { return }
        state.last = time
        state.isDirty = isTerminal
        write(isTerminal ? "\r\u{1B}[K" + text() : text() + "\n")
    }

    private func line(_ text: String, _ state: inout State) {
        write((state.isDirty ? "\r\u{1B}[K" : "") + text + "\n")
        state.isDirty = false
    }
}

extension PullDisplay {
    /// The display of a run: on standard error.
    convenience init(_ console: Console) {
        let clock = ContinuousClock()
        let start = clock.now
        self.init(
            isTerminal: console.isErrorTerminal && !console.isPlain,
            now: {
                let passed = start.duration(to: clock.now).components
                return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
            },
            write: { console.prompt($0) }
        )
    }
}
