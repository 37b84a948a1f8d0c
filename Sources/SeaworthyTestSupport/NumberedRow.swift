// SPDX-License-Identifier: Apache-2.0

/// A row of a test's table that shows by its number, where what it holds is too long or too odd to print.
public struct NumberedRow<Value: Sendable>: Sendable, CustomStringConvertible {
    /// What the row holds.
    public let value: Value
    /// Its place in the table, from 1.
    public let number: Int

    /// The number alone: what a test run prints of it.
    public var description: String { "row \(number)" }
}

/// The rows of a table by their numbers.
public func rows<Value: Sendable>(_ table: some Sequence<Value>) -> [NumberedRow<Value>] {
    table.enumerated().map { NumberedRow(value: $1, number: $0 + 1) }
}
