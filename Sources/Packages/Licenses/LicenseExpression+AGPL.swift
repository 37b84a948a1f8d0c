// SPDX-License-Identifier: Apache-2.0

// Source: Docker Scout's documentation of the policy "No AGPL v3 licenses".

public import Diagnostics

extension LicenseExpression {
    /// Whether something under these licences is free of the GNU AGPL version 3: failed when it is not.
    ///
    /// All of `AND` count. Of `OR` the user may choose, so it fails only when every alternative does; `strict` fails when any
    /// does. AGPL version 1 is not version 3. A bare `AGPL`, and a text that only points to a file, are unknown.
    public func agpl3Verdict(strict: Bool = false) -> Verdict {
        switch self {
        case .license(let id, _): id.hasPrefix("AGPL-3") ? .failed : .passed
        case .reference(_, let name): Self.verdict(onReference: name.lowercased())
        case .with(let base, _): base.agpl3Verdict(strict: strict)
        case .and(let operands): Verdict.all(of: operands.map { $0.agpl3Verdict(strict: strict) })
        case .or(let operands): Self.verdict(onChoice: operands.map { $0.agpl3Verdict(strict: strict) }, strict: strict)
        }
    }

    private static func verdict(onChoice verdicts: [Verdict], strict: Bool) -> Verdict {
        if strict { return Verdict.all(of: verdicts) }
        if verdicts.contains(.passed) { return .passed }
        return verdicts.contains(.unknown) ? .unknown : .failed
    }

    private static func verdict(onReference name: String) -> Verdict {
        if name.hasPrefix("see-license-in") { return .unknown }
        guard name.contains("agpl") || name.contains("affero") else { return .passed }
        let digit = name.first { $0.isNumber }
        return digit == "3" ? .failed : digit == "1" ? .passed : .unknown
    }
}

extension Package {
    /// The licences as one expression: all that were found apply; nil when none is declared.
    public var licenseExpression: LicenseExpression? {
        LicenseExpression.all(of: licenses.compactMap(LicenseExpression.init(normalizing:)))
    }

    /// Whether the package is free of the GNU AGPL version 3; unknown when it declares no licence.
    public func agpl3Verdict(strict: Bool = false) -> Verdict {
        licenseExpression?.agpl3Verdict(strict: strict) ?? .unknown
    }
}
