// SPDX-License-Identifier: Apache-2.0

/// The rating of one vulnerability, chosen among all that say something about it.
///
/// In this order: the distribution's own urgency; the advisory's word; the advisory's CVSS, the latest version first; what others
/// say about the same CVE; else not specified. Nothing is invented.
struct SeverityChoice {
    let severity: VulnerabilitySeverity
    let source: String
    let vector: CVSSVector?

    /// - Parameters:
    ///   - hits: the records that matched, the preferred first, each with the entry that did.
    ///   - others: asks for other records about the same flaw; called only when the first ones leave something open.
    init(hits: [RecordHit], others: () throws -> [SourcedRecord]) rethrows {
        var vector: (vector: CVSSVector, source: String)?
        func keepBest(_ candidate: (vector: CVSSVector, source: String)?) {
            guard let candidate else { return }
            guard let best = vector else { return vector = candidate }
            if (candidate.vector.version, candidate.vector.scoreTenths) > (best.vector.version, best.vector.scoreTenths)
            {
                vector = candidate
            }
        }
        var rating: (VulnerabilitySeverity, String)?
        for hit in hits where rating == nil {
            rating = Self.urgency(of: hit)
        }
        for hit in hits where rating == nil {
            let word = hit.entry?.severityWord ?? hit.record.severityWord
            rating = word.flatMap(Self.rating).map {
                ($0, hit.record.severityWordSource ?? hit.sourced.publisher)
            }
        }
        for hit in hits {
            let own = hit.entry.map(\.severity).flatMap { $0.isEmpty ? nil : $0 } ?? hit.record.severity
            keepBest(Self.best(of: own, source: hit.record.vectorSource ?? hit.sourced.publisher))
        }
        if rating == nil, let vector, vector.vector.severity != .unspecified {
            rating = (vector.vector.severity, "\(vector.source) (CVSS \(vector.vector.version.rawValue))")
        }
        if rating == nil || vector == nil {
            for other in try others() {
                let record = other.record
                if rating == nil, let severity = record.severityWord.flatMap(Self.rating) {
                    rating = (severity, record.severityWordSource ?? other.publisher)
                }
                keepBest(Self.best(of: record.severity, source: record.vectorSource ?? other.publisher))
            }
            if rating == nil, let vector, vector.vector.severity != .unspecified {
                rating = (vector.vector.severity, "\(vector.source) (CVSS \(vector.vector.version.rawValue))")
            }
        }
        severity = rating?.0 ?? .unspecified
        source = rating?.1 ?? "none"
        self.vector = vector?.vector
    }

    /// What a word rates; a word that says that nothing is specified rates nothing.
    private static func rating(_ word: String) -> VulnerabilitySeverity? {
        VulnerabilitySeverity(word: word).flatMap { $0 == .unspecified ? nil : $0 }
    }

    private static func urgency(of hit: RecordHit) -> (VulnerabilitySeverity, String)? {
        guard let ecosystem = hit.entry?.ecosystem, ecosystem.isDistribution else { return nil }
        let ubuntu = ((hit.entry?.severity ?? []) + hit.record.severity).first { $0.type == "Ubuntu" }?.score
        guard let severity = (hit.entry?.urgency ?? ubuntu).flatMap(rating) else {
            return nil
        }
        return (severity, ecosystem.base)
    }

    private static func best(of ratings: [OSVRecord.Rating], source: String) -> (vector: CVSSVector, source: String)? {
        let vectors = ratings.compactMap { rating -> CVSSVector? in
            guard rating.type.hasPrefix("CVSS_") else { return nil }
            return try? CVSSVector(parsing: rating.score)
        }
        let best = vectors.max { ($0.version, $0.scoreTenths) < ($1.version, $1.scoreTenths) }
        return best.map { ($0, source) }
    }
}
