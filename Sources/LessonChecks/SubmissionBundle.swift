// SPDX-License-Identifier: Apache-2.0

/// The archive that `seaworthy submit` writes.
public enum SubmissionBundle {
    /// The name for a learner's bundle of a lesson.
    public static func name(of lesson: String, for learner: String) -> String { "\(lesson)-\(learner).tar.gz" }

    /// Whether a file at the top of a workspace is a bundle that was made before: it is no part of the work, and no image.
    public static func isBundle(_ path: String, of lesson: String) -> Bool {
        !path.contains("/") && path.hasPrefix(lesson + "-") && path.hasSuffix(".tar.gz")
    }
}
