// SPDX-License-Identifier: Apache-2.0

// Source: OpenVEX specification 0.2.0, "Updating Statements with Inherited Data"; Docker Scout's rules for exceptions.

import Advisories
import BillOfMaterials
import CivilTime
import Diagnostics
import Packages

/// Puts the word of those who are trusted to the vulnerabilities of an image.
///
/// Only `not_affected` marks a vulnerability; of several statements about one package the latest counts. Nothing is taken off the
/// list: policies decide what a mark is worth.
struct VEXJudgement {
    let documents: VEXDocuments
    let rules: VEXRules
    let products: VEXProducts
    /// The day of the judgement, `YYYY-MM-DD`.
    let today: String

    /// The report with marks, and what was said in vain.
    func apply(to report: MatchReport) -> (report: MatchReport, findings: [Finding]) {
        guard !documents.entries.isEmpty else { return (report, documents.findings) }
        let isTrusted = documents.entries.map { rules.trusts($0.document.author) }
        var notes = Notes()
        let matches = report.matches.map { match -> VulnerabilityMatch in
            let answers = match.packages.map { answer(match, $0, isTrusted, &notes) }
            // One flaw in a source package is as many as its packages: all of them must be cleared.
            guard let first = answers.first, answers.allSatisfy({ $0 != nil }) else { return match }
            return match.marked(first)
        }
        return (report.with(matches), documents.findings + findings(notes, isTrusted))
    }

    private func answer(
        _ match: VulnerabilityMatch,
        _ package: Package,
        _ isTrusted: [Bool],
        _ notes: inout Notes
    ) -> VEXMark? {
        let ids = Set(([match.id] + match.aliases).map { $0.uppercased() })
        var latest: (time: Instant, statement: OpenVEXDocument.Statement, entry: VEXDocuments.Entry)?
        var wasCleared = false
        for (place, entry) in documents.entries.enumerated() {
            for statement in entry.document.statements {
                guard statement.vulnerabilities.contains(where: { ids.contains($0.uppercased()) }) else { continue }
                notes.named[place, default: []].insert(match.id)
                guard products.statement(statement, in: entry, speaksOf: package) else { continue }
                notes.spoke.insert(place)
                let clears = statement.status == .notAffected
                guard isTrusted[place] else {
                    if clears { notes.untrusted[place, default: []].insert(match.id) }
                    continue
                }
                if let last = statement.lastDay, last.description < today {
                    if clears { notes.expired[place, default: []].insert("\(match.id) until \(last)") }
                    continue
                }
                wasCleared = wasCleared || clears
                let time = statement.time ?? Instant(epochSeconds: 0)
                if latest == nil || latest.map({ $0.time <= time }) ?? true { latest = (time, statement, entry) }
            }
        }
        guard let latest, latest.statement.status == .notAffected else {
            if wasCleared, let latest {
                notes.superseded.insert("\(match.id) (now \(latest.statement.status.rawValue))")
            }
            return nil
        }
        return VEXMark(
            status: latest.statement.status.rawValue,
            justification: latest.statement.justification,
            impact: latest.statement.impact,
            author: latest.entry.document.author,
            source: latest.entry.source
        )
    }

    /// What statements did not do.
    private struct Notes {
        var untrusted: [Int: Set<String>] = [:]
        var expired: [Int: Set<String>] = [:]
        var superseded: Set<String> = []
        /// The vulnerabilities found here that a document names at all.
        var named: [Int: Set<String>] = [:]
        var spoke: Set<Int> = []
    }

    private func findings(_ notes: Notes, _ isTrusted: [Bool]) -> [Finding] {
        var findings: [Finding] = []
        func warn(_ rule: String, _ message: String, fix: String? = nil) {
            findings.append(Finding(rule: rule, severity: .warning, message: message.harmless, fix: fix))
        }
        for (place, entry) in documents.entries.enumerated() {
            let what = "the VEX document \(entry.source) of \(entry.document.author)"
            if let ids = notes.untrusted[place] {
                warn(
                    "vex-untrusted",
                    "\(what) says not_affected of \(Self.list(ids)), but its author is not trusted, so it does not count",
                    fix: "trust the author with --vex-author REGEX"
                )
            }
            if let ids = notes.expired[place] {
                warn(
                    "vex-expired",
                    "\(what) said not_affected of \(Self.list(ids)); that is over, so it does not count"
                )
            }
            guard !notes.spoke.contains(place) else { continue }
            if let ids = notes.named[place] {
                warn(
                    "vex-without-effect",
                    "\(what) names \(Self.list(ids)), but of other products or versions than those here"
                )
            } else if !entry.isBound, !entry.document.statements.isEmpty {
                warn("vex-without-effect", "\(what) names no vulnerability that was found here")
            }
        }
        if !notes.superseded.isEmpty {
            warn(
                "vex-superseded",
                "a later VEX statement takes back not_affected of \(Self.list(notes.superseded)), so it does not count"
            )
        }
        return findings
    }

    private static func list(_ words: Set<String>) -> String {
        words.sorted().prefix(3).joined(separator: ", ") + (words.count > 3 ? " and \(words.count - 3) more" : "")
    }
}
