// SPDX-License-Identifier: Apache-2.0

/// One form that a report is given out in: the word that `--format` takes, and the text.
///
/// An implementation gives the same bytes for the same subject, and makes text from outside harmless.
public protocol ReportFormat<Subject>: Sendable {
    /// What is reported.
    associatedtype Subject
    /// The word on the command line.
    var name: String { get }

    /// The report.
    func render(_ subject: Subject) throws -> ReportOutput
}

/// A report that has several forms.
public protocol FormattedSubject: Sendable {
    /// All of them, in the order in which help lists them.
    static var formats: [any ReportFormat<Self>] { get }
    /// The one that nobody has to ask for.
    static var standardFormat: any ReportFormat<Self> { get }
}

/// A report, ready to be printed.
public enum ReportOutput: Sendable {
    /// Text as it is, the last line feed included.
    case text(String)
    /// A value to be printed as JSON.
    case document(any Encodable & Sendable)

    /// JSON that was made already, without a line feed at its end.
    static func json(_ bytes: [UInt8]) -> ReportOutput { .text(String(decoding: bytes, as: UTF8.self) + "\n") }
}
