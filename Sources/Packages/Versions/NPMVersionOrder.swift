// SPDX-License-Identifier: Apache-2.0

// Source: the behaviour of node-semver 7.

/// npm's order: SemVer precedence; blanks around and `v`, `=` in front are allowed.
struct NPMVersionOrder: VersionOrder {
    var scheme: VersionScheme { .npm }

    func parse(_ text: String) throws(VersionScheme.ValidationError) -> SemanticVersion {
        let bytes = Array(text.utf8)
        let body = bytes.trimmed.drop { $0 == UInt8(ascii: "v") || $0 == UInt8(ascii: "=") || $0.isBlank }
        switch SemanticVersion.read(body) {
        case .success(let version): return version
        case .failure(let defect): throw invalid(text, defect.text)
        }
    }

    func order(_ left: SemanticVersion, _ right: SemanticVersion) -> VersionScheme.Comparison {
        left.compared(to: right)
    }
}
