// SPDX-License-Identifier: Apache-2.0

// Source: Docker's documentation of exceptions by VEX: attestations first; files `*.vex.json` of an image that has none.

import BillOfMaterials
import Diagnostics
import ImageFilesystem
import OCISpec

/// The VEX documents that speak of an image.
struct VEXDocuments {
    /// The documents with where they come from and how that names the image.
    let entries: [Entry]
    /// What could not be read or breaks the specification.
    let findings: [Finding]

    struct Entry {
        let document: OpenVEXDocument
        /// What reports call it.
        let source: String
        /// The names that an attestation gives to what it is about; empty for files.
        let subjectNames: [String]
        /// Whether it is bound to the image by digest, so that statements without products are about the image.
        let isBound: Bool
    }

    /// How a file inside an image that is a VEX document ends.
    private static let ending = Array(".vex.json".utf8)

    /// Whether the bytes of a file in an image are wanted.
    static func wanted(_ path: ImagePath) -> Bool { path.name?.suffix(ending.count).elementsEqual(ending) ?? false }

    init(_ subject: AnalysisSubject, _ rules: VEXRules, limits: Limits) {
        var entries: [Entry] = []
        var findings: [Finding] = []
        func add(_ source: String, subjects: [String] = [], isBound: Bool = false, _ read: () throws -> OpenVEXDocument)
        {
            do {
                let document = try read()
                entries.append(Entry(document: document, source: source, subjectNames: subjects, isBound: isBound))
                findings += Self.findings(document, source)
            } catch let failure as Failure {
                findings.append(Self.unreadable(source, failure.why ?? failure.what))
            } catch {
                findings.append(Self.unreadable(source, "\(error)"))
            }
        }
        for entry in subject.statements where OpenVEXReader.isOpenVEX(entry.statement.predicateType) {
            guard entry.namesTheImage else {
                findings.append(
                    Finding(
                        rule: "vex-of-another-image",
                        severity: .warning,
                        message: "a VEX attestation is there, but it speaks of another image and does not count"
                    )
                )
                continue
            }
            add("attestation", subjects: entry.statement.subjects.map(\.name), isBound: true) {
                try OpenVEXReader.read(entry.statement.predicate, limits: limits)
            }
        }
        for (path, bytes) in Self.files(in: subject.tree) {
            guard subject.statements.isEmpty else {
                findings.append(
                    Finding(
                        rule: "vex-file-ignored",
                        severity: .info,
                        message:
                            "\(path) is a VEX document inside an image with attestations, so it does not count: attach it, or name it with --vex-location"
                    )
                )
                continue
            }
            add(path.description) { try OpenVEXReader.read(bytes, limits: limits) }
        }
        for (name, document) in rules.documents { add(name) { document } }
        self.entries = entries
        self.findings = findings
    }

    /// Documents for packages that are no image's.
    init(_ rules: VEXRules) {
        entries = rules.documents.map {
            Entry(document: $0.document, source: $0.name, subjectNames: [], isBound: false)
        }
        findings = rules.documents.flatMap { Self.findings($0.document, $0.name) }
    }

    private static func findings(_ document: OpenVEXDocument, _ source: String) -> [Finding] {
        guard let first = document.remarks.first else { return [] }
        let more = document.remarks.count > 1 ? " (and \(document.remarks.count - 1) more)" : ""
        return [
            Finding(
                rule: "vex-invalid",
                severity: .warning,
                message: "the VEX document \(source): \(first)\(more)".harmless
            )
        ]
    }

    private static func unreadable(_ source: String, _ why: String) -> Finding {
        Finding(
            rule: "vex-unreadable",
            severity: .warning,
            message: "the VEX document \(source) cannot be read and does not count: \(why)".harmless
        )
    }

    private static func files(in tree: FileTree) -> [(path: ImagePath, bytes: [UInt8])] {
        var found: [(path: ImagePath, bytes: [UInt8])] = []
        tree.walk { path, node in
            if wanted(path), case .file(.bytes(let bytes)) = node.kind { found.append((path, bytes)) }
            return true
        }
        return found
    }
}
