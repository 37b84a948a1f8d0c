// SPDX-License-Identifier: Apache-2.0

import ImageLayouts
import OCISpec

/// Which image of the local store a `docker scout` command looked at, for the learner's record.
package enum ScoutedImage {
    /// The image's name with its tag; nil when the command is none of Scout's, or looked at no image of the store.
    package static func name(_ words: [String], on bench: Workbench) -> String? {
        guard words.first == "scout", words.count > 1, let stored = try? bench.store().list() else {
            return nil
        }
        let rest = words.dropFirst(2)
        for word in rest where !word.hasPrefix("-") {
            let name = word.split(separator: "://", maxSplits: 1).last.map(String.init) ?? word
            if let found = find(name, in: stored) { return found }
        }
        // Without an argument Scout takes the image that was built last; a word behind an option is that option's value.
        let arguments = zip(rest, words.dropFirst(1)).filter { word, before in
            !word.hasPrefix("-") && (!before.hasPrefix("-") || before.contains("="))
        }
        return arguments.isEmpty ? LastBuild(bench).name : nil
    }

    private static func find(_ name: String, in stored: [LocalImageStore.StoredImage]) -> String? {
        if let wanted = try? ImageReference(parsing: name).withDefaultTag,
            stored.contains(where: { $0.reference == wanted })
        {
            return wanted.familiar
        }
        let hexadecimal = name.split(separator: ":").last ?? ""
        guard hexadecimal.count >= 7, hexadecimal.allSatisfy(\.isHexDigit) else { return nil }
        return stored.last { $0.reference != nil && $0.descriptor.digest.hex.hasPrefix(hexadecimal) }?.reference?
            .familiar
    }
}
