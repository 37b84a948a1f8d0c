// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the records said about packages that were asked about before, as long as the records stay the same: image after image has the
/// same packages.
final class MatchMemo: Sendable {
    /// A package as advisories name it.
    struct Key: Hashable {
        let ecosystem: Ecosystem
        let name: String
        let version: String
    }

    /// What the records say about it.
    struct Answer: Sendable {
        let hits: [RecordHit]
        let undecided: Set<Undecided>
    }

    /// More packages than a batch of images has; what comes after is asked anew.
    private static let most = 50_000
    private let answers = Mutex<[Key: Answer]>([:])

    /// The answer to a package that was asked about before; nil for a new one.
    subscript(key: Key) -> Answer? { answers.withLock { $0[key] } }

    /// Keeps an answer.
    func keep(_ answer: Answer, for key: Key) {
        answers.withLock { if $0.count < Self.most { $0[key] = answer } }
    }
}
