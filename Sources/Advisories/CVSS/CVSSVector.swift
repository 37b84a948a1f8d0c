// SPDX-License-Identifier: Apache-2.0

// Source: FIRST, CVSS v2.0, v3.0, v3.1 and v4.0 specification documents.

/// A CVSS vector: how a vulnerability can be used and what it does, as letters.
///
/// Shape: `CVSS:3.1/AV:N/…` with the prefix of its version, or for 2.0 without one (`AV:N/AC:L/Au:N/C:P/I:P/A:P`, maybe in
/// brackets). Metrics may stand in any order.
public struct CVSSVector: Sendable, Hashable {
    /// The version of the standard.
    public let version: Version
    /// The text as it was given.
    public let text: String
    /// The value letters by metric.
    let metrics: [String: String]

    /// Reads a vector; every mandatory metric must be there, none twice, none unknown.
    public init(parsing text: String) throws(ValidationError) {
        guard text.utf8.count <= 1024 else { throw .tooLong }
        var body = Substring(text)
        let version: Version
        if body.hasPrefix("CVSS:") {
            guard let slash = body.firstIndex(of: "/") else { throw .metricMissing("AV") }
            switch body[..<slash] {
            case "CVSS:3.0": version = .v30
            case "CVSS:3.1": version = .v31
            case "CVSS:4.0": version = .v40
            default: throw .versionUnknown
            }
            body = body[body.index(after: slash)...]
        } else {
            version = .v2
            if body.first == "(", body.last == ")" { body = body.dropFirst().dropLast() }
        }
        var metrics: [String: String] = [:]
        for part in body.split(separator: "/", omittingEmptySubsequences: false) {
            let pair = part.split(separator: ":", omittingEmptySubsequences: false)
            guard pair.count == 2 else { throw .metricMalformed(String(part)) }
            let name = String(pair[0])
            let value = String(pair[1])
            guard let allowed = version.metrics[name], allowed.contains(value) else {
                throw .metricUnknown(String(part))
            }
            guard metrics.updateValue(value, forKey: name) == nil else { throw .metricTwice(name) }
        }
        for name in version.mandatory where metrics[name] == nil { throw .metricMissing(name) }
        self.version = version
        self.text = text
        self.metrics = metrics
    }

    /// The score in tenths, 0 to 100: the base score, and for 4.0 the score of all metrics that are given.
    public var scoreTenths: Int {
        switch version {
        case .v2: CVSS2.baseScoreTenths(metrics)
        case .v30, .v31: CVSS3.baseScoreTenths(metrics)
        case .v40: CVSS4.scoreTenths(metrics)
        }
    }

    /// The score, 0.0 to 10.0 with one decimal.
    public var score: Double { Double(scoreTenths) / 10 }

    /// The score as it is printed: `7.5`.
    public var scoreText: String { "\(scoreTenths / 10).\(scoreTenths % 10)" }

    /// The score's band.
    public var band: Band {
        switch scoreTenths {
        case ..<1: version == .v2 ? .low : .none
        case ..<40: .low
        case ..<70: .medium
        case ..<90: .high
        // NVD's bands for 2.0 end at high.
        default: version == .v2 ? .high : .critical
        }
    }

    /// The band as a severity.
    public var severity: VulnerabilitySeverity {
        switch band {
        case .none: .unspecified
        case .low: .low
        case .medium: .medium
        case .high: .high
        case .critical: .critical
        }
    }
}

extension CVSSVector {
    /// A version of the standard; a later one orders higher.
    public enum Version: String, Sendable, Hashable, Comparable, CaseIterable {
        case v2 = "2.0"
        case v30 = "3.0"
        case v31 = "3.1"
        case v40 = "4.0"

        /// Orders by age, the oldest first.
        public static func < (left: Version, right: Version) -> Bool { left.rawValue < right.rawValue }
    }

    /// The bands of the standard; the raw value is its word.
    public enum Band: String, Sendable, Hashable, CaseIterable {
        case none = "None"
        case low = "Low"
        case medium = "Medium"
        case high = "High"
        case critical = "Critical"
    }

    /// Why a text is not a vector.
    public enum ValidationError: Error, Equatable, CustomStringConvertible {
        case tooLong, versionUnknown
        case metricMalformed(String), metricUnknown(String), metricTwice(String), metricMissing(String)

        /// One line: what is wrong.
        public var description: String {
            switch self {
            case .tooLong: "longer than 1024 bytes"
            case .versionUnknown: "the version is not 3.0, 3.1 or 4.0"
            case .metricMalformed(let text): "\"\(text)\" is not METRIC:VALUE"
            case .metricUnknown(let text): "\"\(text)\" is not a metric of this version"
            case .metricTwice(let name): "\(name) stands twice"
            case .metricMissing(let name): "\(name) is missing"
            }
        }
    }
}
