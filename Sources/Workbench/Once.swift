// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A value that is opened when it is first asked for, and then kept.
///
/// Whoever asks while another opens waits for it. A failure is not kept: the next one who asks tries again.
final class Once<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)
    private let open: @Sendable () throws -> Value

    init(_ open: @escaping @Sendable () throws -> Value) { self.open = open }

    func get() throws -> Value {
        try kept.withLock { kept in
            if let kept { return kept }
            let opened = try open()
            kept = opened
            return opened
        }
    }
}
