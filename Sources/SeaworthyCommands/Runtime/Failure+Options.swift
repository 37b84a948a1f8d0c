// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension Failure {
    /// `--platform` with a text that names no platform.
    static func invalidPlatform(_ text: String) -> Failure {
        Failure(.usage, "invalid platform", at: .option("--platform \(text)"), fix: "write it as linux/amd64")
    }
}
