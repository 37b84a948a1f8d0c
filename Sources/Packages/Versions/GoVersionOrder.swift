// SPDX-License-Identifier: Apache-2.0

// Source: Go modules reference, "Versions"; golang.org/x/mod/semver.

/// The order of Go modules: SemVer, `v` in front or not, `v1` and `v1.2` are short for `v1.0.0` and `v1.2.0`.
struct GoVersionOrder: VersionOrder {
    var scheme: VersionScheme { .go }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> SemanticVersion {
        var body = Array(text.utf8)[...]
        if body.first == UInt8(ascii: "v") { body = body.dropFirst() }
        if case .success(let version) = SemanticVersion.read(body) { return version }
        guard let major = SemanticVersion.number(&body) else { throw invalid(text, "it must begin with a number") }
        var minor = SemanticVersion.zero
        if SemanticVersion.dot(&body) {
            guard let number = SemanticVersion.number(&body) else {
                throw invalid(text, "a dot without a number behind it")
            }
            minor = number
        }
        guard body.isEmpty else { throw invalid(text, "only a full version may have a pre-release or metadata") }
        return SemanticVersion(major: major, minor: minor, patch: SemanticVersion.zero)
    }

    func read(_ text: String) -> SemanticVersion { SemanticVersion.coerced(Array(text.utf8)) }

    func order(_ left: SemanticVersion, _ right: SemanticVersion) -> VersionScheme.Comparison {
        left.compared(to: right)
    }
}
