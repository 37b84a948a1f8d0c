// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Workspaces

/// A change of files in words.
enum ChangeText {
    /// Says path by path what would become of the files.
    static func describe(_ plan: StateDifference, _ console: Console) {
        for (mark, paths) in [
            ("would come back", plan.added), ("would change back", plan.changed), ("would go away", plan.removed),
        ] {
            for path in paths { console.remark("  \(path.description.harmless): \(mark)") }
        }
        if plan.isEmpty { console.remark("  The files are as they were already.") }
    }

    /// What a change was, as in "Took back: …".
    static func name(_ kind: WorkspaceChange.Kind, _ label: String) -> String {
        let label = label.harmless
        switch kind {
        case .reset: return "reset of \(label)"
        case .solution: return "solution of \(label)"
        case .save: return "save of \(label)"
        case .restore: return "restore of \(label)"
        case .move: return "goto \(label) with its files"
        case .undo: return "undo (\(label))"
        case .redo: return "redo (\(label))"
        case .finish: return "end of an interrupted change (\(label))"
        }
    }

    /// Paths of a difference, for JSON and for a sentence.
    static func paths(_ difference: StateDifference) -> [String] {
        (difference.added + difference.changed + difference.removed).sorted().map(\.description)
    }

    /// A few paths as a sentence says them.
    static func list(_ paths: [String]) -> String {
        let shown = paths.prefix(4).map(\.harmless).joined(separator: ", ")
        return paths.count > 4 ? "\(shown) and \(paths.count - 4) more" : shown
    }
}
