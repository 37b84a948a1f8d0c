// SPDX-License-Identifier: Apache-2.0

// Source: docker-library/repo-info and debuerreotype/docker-debian-artifacts, 2023-01-09 to 2026-09-23.

import OCISpec

/// What tags pointed at, from which day on.
struct TagHistory: Sendable {
    private let byTag: [String: [TagRecord]]
    private let byDigest: [Digest: [TagRecord]]
    private let layers: [(digests: [Digest], record: TagRecord)]

    /// Reads `facts/history.kit`: repositories (`R`), and below each its tags (`T`).
    init(_ records: [KitRecord]) {
        var rows: [(record: TagRecord, layers: [[Digest]])] = []
        var repository = ""
        for record in records {
            if record.kind == "R" { repository = record[0] }
            guard record.kind == "T" else { continue }
            func digest(_ index: Int) -> Digest? { try? Digest(parsing: "sha256:" + record[index]) }
            func digests(_ index: Int) -> [Digest] {
                let all = record.words(index).compactMap { try? Digest(parsing: "sha256:" + $0) }
                return all.count == record.words(index).count ? all : []
            }
            let tagRecord = TagRecord(
                repository: repository,
                tag: record[0],
                asOf: record[1],
                isCurrent: false,
                indexDigest: digest(2),
                manifestDigest: digest(3),
                configDigest: digest(4),
                isModel: false
            )
            rows.append((tagRecord, [digests(5), digests(6)]))
        }
        rows.sort { TagRecord.precedes($0.record, $1.record) }
        var byTag: [String: [TagRecord]] = [:]
        var byDigest: [Digest: [TagRecord]] = [:]
        var layers: [(digests: [Digest], record: TagRecord)] = []
        for (place, row) in rows.enumerated() {
            let next = place + 1 < rows.count ? rows[place + 1].record : nil
            let isCurrent = next?.repository != row.record.repository || next?.tag != row.record.tag
            let record = row.record.with(isCurrent: isCurrent)
            byTag[record.repository + ":" + record.tag, default: []].append(record)
            let named = Set([record.indexDigest, record.manifestDigest, record.configDigest].compactMap(\.self))
            for digest in named { byDigest[digest, default: []].append(record) }
            for digests in row.layers where !digests.isEmpty { layers.append((digests, record)) }
        }
        self.byTag = byTag
        self.byDigest = byDigest
        self.layers = layers
    }

    /// The records of a tag, the oldest first.
    func records(repository: String, tag: String) -> [TagRecord] {
        byTag[repository + ":" + tag] ?? []
    }

    /// The records that name a digest.
    func records(at digest: Digest) -> [TagRecord] {
        byDigest[digest] ?? []
    }

    /// The images with the most layers among those that an image begins with.
    func longestPrefix(of digests: [Digest]) -> (count: Int, records: [TagRecord]) {
        var best: (count: Int, records: [TagRecord]) = (0, [])
        for candidate in layers where candidate.digests.count >= max(1, best.count) {
            guard digests.starts(with: candidate.digests) else { continue }
            if candidate.digests.count > best.count { best = (candidate.digests.count, []) }
            if !best.records.contains(candidate.record) { best.records.append(candidate.record) }
        }
        return best
    }
}

extension TagRecord {
    fileprivate func with(isCurrent: Bool) -> TagRecord {
        TagRecord(
            repository: repository,
            tag: tag,
            asOf: asOf,
            isCurrent: isCurrent,
            indexDigest: indexDigest,
            manifestDigest: manifestDigest,
            configDigest: configDigest,
            isModel: isModel
        )
    }
}
