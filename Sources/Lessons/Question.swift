// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A question with options, one of which is right.
public struct Question: Sendable, Hashable, Identifiable {
    /// The stable name, unique within its step.
    public let id: String
    /// What is asked.
    public let text: String
    /// What there is to choose from, in order.
    public let options: [Option]
    /// The id of the right option.
    public let answer: String
    /// Where it stands.
    public let place: Place

    /// Makes a question.
    public init(id: String, text: String, options: [Option], answer: String, place: Place) {
        self.id = id
        self.text = text
        self.options = options
        self.answer = answer
        self.place = place
    }

    /// The option that somebody chose, by its id in any case (`b`, `B`) or by its number from 1; nil when there is none such.
    public func option(chosen text: String) -> Option? {
        let wanted = text.filter { !$0.isWhitespace }.lowercased()
        if let option = options.first(where: { $0.id.lowercased() == wanted }) { return option }
        guard let number = Int(wanted), number >= 1, number <= options.count else { return nil }
        return options[number - 1]
    }

    /// Whether an option is the right one.
    public func isCorrect(_ option: Option) -> Bool {
        option.id == answer
    }
}

extension Question {
    /// One thing to choose.
    public struct Option: Sendable, Hashable, Identifiable {
        /// The stable name, unique within its question, such as `a`.
        public let id: String
        /// What it says.
        public let text: String
        /// Why it is right or wrong, shown after it was chosen.
        public let explanation: String

        /// An option, and what is said to whoever chooses it.
        public init(id: String, text: String, explanation: String) {
            self.id = id
            self.text = text
            self.explanation = explanation
        }
    }
}
