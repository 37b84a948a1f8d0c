// SPDX-License-Identifier: Apache-2.0

/// A folder of work as another pair of eyes sees it: the system's `find` and `sha256sum`, not our own reader. Names, kinds, modes,
/// owners, targets of links and bytes; the folder's own `.seaworthy` and what a kill left half written are no part of it.
public struct FolderLook: Sendable, Hashable {
    /// A line for each file, folder and link, and one for the bytes of each file that can be read.
    public let lines: Set<String>

    /// Looks at a folder.
    public init(at folder: String) throws {
        let script = """
            cd "$1" || exit 1
            ours="-path ./.seaworthy -prune -o -name .seaworthy-temporary-* -prune -o"
            set -f
            find . -mindepth 1 $ours -printf '%p %y %m %U:%G %l\\0' | tr '\\n' '?' | tr '\\0' '\\n'
            find . $ours -type f -readable -print0 | xargs -0 -r sha256sum -z | tr '\\n' '?' | tr '\\0' '\\n'
            """
        let result = try SeaworthyBinary.run("/bin/sh", ["-c", script, "look", folder])
        guard result.status == 0 else { throw SeaworthyBinary.NotRunnable(description: result.error) }
        lines = Set(result.output.split(separator: "\n").map(String.init))
    }

    /// What another look has more and less, for a message; empty when they are the same.
    public func difference(to other: FolderLook) -> String {
        guard self != other else { return "" }
        return "gone: \(lines.subtracting(other.lines).sorted()), new: \(other.lines.subtracting(lines).sorted())"
    }
}
