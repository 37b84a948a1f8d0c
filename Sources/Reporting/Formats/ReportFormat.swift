// SPDX-License-Identifier: Apache-2.0

import JSONValues

/// One form that a report is given out in: the word that `--format` takes, and the text.
///
/// An implementation gives the same bytes for the same subject, and makes text from outside harmless.
public protocol ReportFormat<Subject>: Sendable {
    /// What is reported.
    associatedtype Subject
    /// The word on the command line.
    var name: String { get }

    /// The report as it is printed, its last line feed included.
    func render(_ subject: Subject) throws -> String
}

/// A report that has several forms.
public protocol FormattedSubject: Sendable {
    /// All of them, in the order in which help lists them.
    static var formats: [any ReportFormat<Self>] { get }
    /// The one that nobody has to ask for.
    static var standardFormat: any ReportFormat<Self> { get }
}

extension ReportFormat {
    /// A value of the program's own as a JSON document.
    func json(_ value: some Encodable) throws -> String {
        text(try JSONWriter.bytes(of: value, .indented))
    }

    /// A document that was written already, with the line feed that ends it.
    func text(_ document: [UInt8]) -> String { String(decoding: document, as: UTF8.self) + "\n" }
}
