// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The label by which an image says what is not known of it, so that it is never taken for clean wherever it goes.
///
/// Shape: a line each, `SCOPE: REASON`.
public enum UnknownLabel {
    /// The label's name.
    public static let name = "dev.seaworthy.unknown"

    /// The label's text.
    public static func text(_ unknowns: [Unknown]) -> String {
        unknowns.map { "\($0.scope.rawValue): \($0.reason)" }.joined(separator: "\n")
    }

    /// Reads the label back; a line that is malformed counts as the widest scope, for nobody can say what it meant.
    public static func unknowns(_ text: String) -> [Unknown] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, let scope = Unknown.Scope(rawValue: parts[0]) else {
                return Unknown(reason: String(line), scope: .filesystem)
            }
            return Unknown(reason: String(parts[1].drop { $0 == " " }), scope: scope)
        }
    }
}
