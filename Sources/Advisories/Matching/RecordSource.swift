// SPDX-License-Identifier: Apache-2.0

/// Where the matcher gets records from.
protocol RecordSource {
    /// The records that name a package of an ecosystem (without its release), sorted by id.
    func records(ecosystem: String, name: String) throws -> [SourcedRecord]
    /// The records that carry an id, as their own or as another name, sorted by id.
    func records(named id: String) throws -> [SourcedRecord]
    /// Whether the id is in the catalog of known exploited vulnerabilities.
    func isKnownExploited(_ id: String) throws -> Bool
}

/// A record and the file that it stands in.
struct SourcedRecord: Sendable {
    let record: OSVRecord
    let file: String

    /// Who publishes records with such ids, in one word as Scout's links have it.
    var feed: String {
        let id = record.id
        for (prefix, feed) in [
            ("GHSA-", "github"), ("ALPINE-", "alpine"), ("DEBIAN-", "debian"), ("DSA-", "debian"), ("DLA-", "debian"),
            ("UBUNTU-", "ubuntu"), ("USN-", "ubuntu"), ("NSWG-", "nodejs"), ("PYSEC-", "pypa"), ("RUSTSEC-", "rustsec"),
            ("GO-", "golang"), ("DHI-", "docker"), ("x_", "workshop"),
        ] where id.hasPrefix(prefix) {
            return feed
        }
        return file == "node.ndjson" ? "nodejs" : "nvd"
    }

    /// The publisher's name for people.
    var publisher: String {
        switch feed {
        case "github": "GitHub"
        case "nodejs": "Node.js"
        case "nvd": "NVD"
        case "workshop": "the workshop"
        case let feed: feed.prefix(1).uppercased() + feed.dropFirst()
        }
    }
}

/// A record that touches a package.
struct RecordHit: Sendable {
    let sourced: SourcedRecord
    /// The entry of the record that matched.
    let entry: OSVAffected?
    let stretch: OSVAnswer.Stretch
    /// The ids under which this hit is joined with others: the record's own names, or one upstream CVE of several.
    let names: [String]

    var record: OSVRecord { sourced.record }

    /// Distributions first, then GitHub, then CVE records, then others.
    var rank: Int {
        if entry?.ecosystem?.isDistribution == true { return 0 }
        if record.id.hasPrefix("GHSA-") { return 1 }
        return record.id.hasPrefix("CVE-") ? 2 : 3
    }
}
