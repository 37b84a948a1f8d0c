// SPDX-License-Identifier: Apache-2.0

// Source: Docker Scout's documentation of the policy "No AGPL v3 licenses".

public import Diagnostics

extension LicenseExpression {
    /// Whether something under these licences is free of the GNU AGPL version 3: failed when it is not.
    ///
    /// All of `AND` count. Of `OR` the user may choose, so it fails only when every alternative does; `strict` fails when any
    /// does. An alternative that nobody understands saves nothing. AGPL version 1 is not version 3. A bare `AGPL`, a text that
    /// only points to a file and an address that is not known are unknown.
    ///
    /// - Parameter words: the verdict on a name that no list has and that stands for itself. Debian's copyright files have thousands
    ///   of them, and there a name that does not say AGPL is none; a package's own metadata should say more.
    public func agpl3Verdict(strict: Bool = false, words: Verdict = .passed) -> Verdict {
        switch self {
        case .license(let id, _): id.hasPrefix("AGPL-3") ? .failed : .passed
        case .reference(_, let name): Self.verdict(onReference: name.lowercased(), words: words)
        case .with(let base, _): base.agpl3Verdict(strict: strict, words: words)
        case .and(let operands):
            Verdict.all(of: operands.map { $0.agpl3Verdict(strict: strict, words: words) })
        case .or(let operands): Self.verdict(onChoice: operands, strict: strict, words: words)
        }
    }

    private static func verdict(onChoice operands: [LicenseExpression], strict: Bool, words: Verdict) -> Verdict {
        let lone = operands.map { $0.agpl3Verdict(strict: strict, words: words) }
        if strict { return Verdict.all(of: lone) }
        // Beside an alternative that is not free, a name that nobody knows is doubt.
        let verdicts = lone.contains(.passed) ? operands.map { $0.agpl3Verdict(words: .unknown) } : lone
        if verdicts.contains(.passed) { return .passed }
        if lone.allSatisfy({ $0 == .passed }) { return .passed }
        return verdicts.contains(.unknown) ? .unknown : .failed
    }

    private static func verdict(onReference name: String, words: Verdict) -> Verdict {
        if name.hasPrefix("see-license-in") || name == "address" || name.hasPrefix("address-") { return .unknown }
        if name.contains("agpl") || name.contains("affero") {
            let digit = name.first { $0.isNumber }
            return digit == "3" ? .failed : digit == "1" ? .passed : .unknown
        }
        return plainWords.contains(name) ? .passed : words
    }

    /// Names that stand on no list and of which everybody knows that they are not the AGPL.
    private static let plainWords: Set<String> = [
        "public-domain", "publicdomain", "unlicensed", "proprietary", "commercial", "beerware", "permissive", "gpl",
        "lgpl", "gfdl", "bsd", "bsd-style", "bsd-like", "mit-style", "mit-like", "apache", "artistic", "perl", "ruby",
        "python", "psf", "php", "cc0", "none-needed",
    ]
}

extension Package {
    /// The licences as one expression: all that were found apply; nil when none is declared.
    public var licenseExpression: LicenseExpression? {
        LicenseExpression.all(of: licenses.compactMap(LicenseExpression.init(normalizing:)))
    }

    /// Whether the package is free of the GNU AGPL version 3; unknown when it declares no licence.
    public func agpl3Verdict(strict: Bool = false) -> Verdict {
        licenseExpression?.agpl3Verdict(strict: strict, words: unlistedWords) ?? .unknown
    }

    /// The verdict on a licence's name that no list has, by where the package's licences are written down.
    public var unlistedWords: Verdict { [.apk, .deb, .rpm].contains(type) ? .passed : .unknown }
}

extension LicenseExpression {
    /// Whether every licence in it is one of the SPDX list.
    public var isListed: Bool {
        switch self {
        case .license: true
        case .reference: false
        case .with(let base, _): base.isListed
        case .and(let operands), .or(let operands): operands.allSatisfy(\.isListed)
        }
    }

    /// The text that says most of a licence's name and the address of its text: the name where it is understood, else the address
    /// where that is, else what there is; nil when both are empty.
    public static func declared(name: String?, address: String?) -> String? {
        let name = name.flatMap { $0.isEmpty ? nil : $0 }
        let address = address.flatMap { $0.isEmpty ? nil : $0 }
        guard let name, let address else { return name ?? address }
        if LicenseExpression(normalizing: name)?.isListed ?? false { return name }
        return LicenseExpression(normalizing: address)?.isListed ?? false ? address : name
    }
}
