// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Lessons

/// A setting of `docker scout config` has a value.
enum SettingSet: CheckKind {
    static let name = "setting"

    static func judge(_ check: LessonCheck, _ context: CheckContext) throws -> Judgement {
        guard let key = check.text("key") else { throw CheckContext.missing("key", check) }
        guard let value = context.record?.settings[key], !value.isEmpty else { return Judgement(.failed) }
        return Judgement(
            .passed,
            "The \(key) is \(value).",
            found: value,
            evidence: [Evidence(kind: .command, detail: "\(key)=\(value)")]
        )
    }
}
