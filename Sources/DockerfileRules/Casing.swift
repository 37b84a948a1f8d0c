// SPDX-License-Identifier: Apache-2.0

/// How a keyword is written.
enum Casing {
    case lower, upper, mixed

    init(_ word: String) {
        if word == word.lowercased() { self = .lower } else { self = word == word.uppercased() ? .upper : .mixed }
    }
}
