// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit util/suggest: the nearest option at an edit distance below three.

/// Looks for what somebody probably meant.
public enum Suggestion {
    /// The option nearest to a word: at most two letters away, the first of equals; nil when the word is itself one.
    public static func nearest(to word: String, among options: [String], caseSensitive: Bool = true) -> String? {
        let wanted = Array((caseSensitive ? word : word.lowercased()).unicodeScalars)
        // Longer words cannot be near to anything we know.
        guard wanted.count <= 64 else { return nil }
        var best: String?
        var bestDistance = 3
        for option in options {
            let candidate = Array((caseSensitive ? option : option.lowercased()).unicodeScalars)
            if candidate == wanted { return nil }
            guard abs(candidate.count - wanted.count) < 3 else { continue }
            let distance = editDistance(wanted, candidate)
            if distance < bestDistance { (best, bestDistance) = (option, distance) }
        }
        return best
    }

    /// A message with ` (did you mean x?)` behind it where there is something near.
    package static func extending(
        _ message: String,
        for word: String,
        among options: [String],
        caseSensitive: Bool = true
    ) -> String {
        guard let option = nearest(to: word, among: options, caseSensitive: caseSensitive) else { return message }
        return "\(message) (did you mean \(option)?)"
    }

    private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let change = previous[column] + (letter == other ? 0 : 1)
                current.append(min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
