// SPDX-License-Identifier: Apache-2.0

/// A value that a lesson asks the learner for once and uses from then on.
public struct LessonVariable: Sendable, Hashable {
    /// The name, as the shell knows it: capitals, digits and underscores.
    public let name: String
    /// The question that is put to the learner.
    public let prompt: String
    /// What is used until the learner says otherwise; nil when the learner must say something.
    public let defaultValue: String?

    /// A variable without a default has to be asked for.
    public init(name: String, prompt: String, defaultValue: String?) {
        self.name = name
        self.prompt = prompt
        self.defaultValue = defaultValue
    }
}
