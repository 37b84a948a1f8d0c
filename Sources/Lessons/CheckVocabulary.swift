// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What knows the kinds of checks. The format leaves the kind's word and a check's further keys to it.
public protocol CheckVocabulary: Sendable {
    /// What is wrong with a check's kind and further keys, in the order of the file; empty when it can be judged.
    ///
    /// - Parameter commonKeys: the keys that every check has, for a misspelt one among the further keys.
    func problems(of check: LessonCheck, commonKeys: [String]) -> [Finding]
}
