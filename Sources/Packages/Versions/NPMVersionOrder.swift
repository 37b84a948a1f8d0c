// SPDX-License-Identifier: Apache-2.0

// Source: the behaviour of node-semver 7.

/// npm's order: SemVer precedence; blanks around and one `v` in front are allowed.
///
/// As there, a version has 256 characters at most, and none of its three numbers is above 2⁵³ − 1.
struct NPMVersionOrder: VersionOrder {
    var scheme: VersionScheme { .npm }

    /// The biggest number that JavaScript counts exactly.
    private static let maximumNumber = Array("9007199254740991".utf8)
    private static let maximumLength = 256

    /// Whether node-semver can hold the version's numbers.
    static func canHold(_ version: SemanticVersion) -> Bool {
        [version.major, version.minor, version.patch].allSatisfy { Digits.compare($0, maximumNumber) != .greater }
    }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> SemanticVersion {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maximumLength else {
            throw invalid(text, "it is longer than \(Self.maximumLength) characters")
        }
        var body = bytes.trimmed
        if body.first == UInt8(ascii: "v") { body = body.dropFirst() }
        switch SemanticVersion.read(body) {
        case .success(let version):
            guard Self.canHold(version) else { throw invalid(text, "a number is too big") }
            return version
        case .failure(let defect): throw invalid(text, defect.text)
        }
    }
}
