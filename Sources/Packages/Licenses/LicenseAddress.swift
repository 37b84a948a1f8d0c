// SPDX-License-Identifier: Apache-2.0

// Source: the pages of the SPDX list, the Open Source Initiative, GNU, Apache, Mozilla, Creative Commons, Eclipse and others, as
// package files of npm, Maven, NuGet and Python name them.

/// Licences that are told by the address of their text.
enum LicenseAddress {
    /// Whether a text is an address and no name.
    static func isAddress(_ text: some StringProtocol) -> Bool {
        let lower = text.lowercased()
        return lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("//")
            || lower.hasPrefix("www.")
    }

    /// The licence at an address; nil when it is not known, or when the page speaks of several.
    static func license(_ text: some StringProtocol) -> LicenseExpression? {
        guard let address = Address(text) else { return nil }
        switch address.host {
        case "spdx.org": return address.name(in: "licenses").flatMap(LicenseExpression.listed)
        case "opensource.org", "choosealicense.com":
            return (address.name(in: "licenses") ?? address.name(in: "license")).flatMap(slug)
        case "gnu.org": return gnu(address)
        case "licenses.nuget.org": return address.path.first.flatMap { try? LicenseExpression(parsing: $0) }
        case "creativecommons.org": return creativeCommons(address.path)
        default: break
        }
        for (host, beginning, id) in pages where address.host == host && address.begins(with: beginning) {
            return LicenseNames.lookup(id)
        }
        return nil
    }

    /// Host, beginning of the path (letters compared without case, endings such as `.html` fall away), licence.
    private static let pages: [(host: String, beginning: String, id: String)] = [
        ("apache.org", "licenses/license-2.0", "Apache-2.0"), ("apache.org", "licenses/license-1.1", "Apache-1.1"),
        ("apache.org", "licenses/license-1.0", "Apache-1.0"), ("apache.org", "license-2.0", "Apache-2.0"),
        ("mozilla.org", "mpl/2.0", "MPL-2.0"), ("mozilla.org", "en-us/mpl/2.0", "MPL-2.0"),
        ("mozilla.org", "mpl/mpl-2.0", "MPL-2.0"), ("mozilla.org", "mpl/mpl-1.1", "MPL-1.1"),
        ("mozilla.org", "mpl/1.1", "MPL-1.1"), ("mozilla.org", "en-us/mpl/1.1", "MPL-1.1"),
        ("eclipse.org", "legal/epl-2.0", "EPL-2.0"), ("eclipse.org", "legal/epl-v20", "EPL-2.0"),
        ("eclipse.org", "org/documents/epl-2.0", "EPL-2.0"), ("eclipse.org", "legal/epl-v10", "EPL-1.0"),
        ("eclipse.org", "org/documents/epl-v10", "EPL-1.0"), ("eclipse.org", "org/documents/edl-v10", "BSD-3-Clause"),
        ("boost.org", "license_1_0", "BSL-1.0"), ("unlicense.org", "", "Unlicense"), ("wtfpl.net", "", "WTFPL"),
        ("sam.zoy.org", "wtfpl", "WTFPL"), ("mit-license.org", "", "MIT"), ("jquery.org", "license", "MIT"),
        ("json.org", "license", "JSON"), ("zlib.net", "zlib_license", "Zlib"), ("php.net", "license/3_01", "PHP-3.01"),
        ("php.net", "license/3_0", "PHP-3.0"), ("postgresql.org", "about/licence", "PostgreSQL"),
        ("scripts.sil.org", "ofl", "OFL-1.1"), ("openfontlicense.org", "", "OFL-1.1"),
        ("curl.se", "docs/copyright", "curl"),
        ("perlfoundation.org", "artistic_license_2_0", "Artistic-2.0"),
        ("perlfoundation.org", "artistic-license-20", "Artistic-2.0"), ("artistic-license.org", "", "Artistic-2.0"),
        ("mongodb.com", "licensing/server-side-public-license", "SSPL-1.0"),
        ("elastic.co", "licensing/elastic-license", "Elastic-2.0"),
        ("mariadb.com", "bsl11", "BUSL-1.1"), ("isc.org", "licenses", "ISC"),
    ]

    /// `agpl-3.0`, `old-licenses/gpl-2.0.en`, `gpl-3.0-standalone`; a page without a number speaks of no version.
    private static func gnu(_ address: Address) -> LicenseExpression? {
        guard let folder = address.path.first, ["licenses", "copyleft"].contains(folder.lowercased()),
            var name = address.path.last?.lowercased()
        else { return nil }
        if name.hasSuffix("-standalone") { name.removeLast("-standalone".count) }
        if name == "lesser" { name = "lgpl" }
        guard ["agpl", "lgpl", "gpl", "fdl"].contains(where: { name.hasPrefix($0) }) else { return nil }
        return LicenseNames.lookup(name)
    }

    private static func creativeCommons(_ path: [String]) -> LicenseExpression? {
        let parts = path.map { $0.lowercased() }
        guard parts.count >= 3 else { return nil }
        switch (parts[0], parts[1]) {
        case ("publicdomain", "zero"): return LicenseExpression.listed("CC0-" + parts[2])
        case ("publicdomain", "mark"): return .reference(document: nil, name: "public-domain")
        case ("licenses", let kind): return LicenseExpression.listed("CC-" + kind.uppercased() + "-" + parts[2])
        default: return nil
        }
    }

    /// The name of a page: `AGPL-3.0`, `agpl-v3`, `mpl-2-0`, `bsd-3-clause`, `mit-license`.
    private static func slug(_ name: String) -> LicenseExpression? {
        var name = name.lowercased()
        for ending in ["-license-txt", "-license", "-licence"] where name.hasSuffix(ending) {
            name.removeLast(ending.count)
        }
        if name == "bsd" { name = "bsd-2-clause" }
        if let known = LicenseNames.lookup(name) { return known }
        // `mpl-2-0` is `mpl-2.0`: a hyphen between two digits stands for a dot.
        let bytes = Array(name.utf8)
        let dotted = bytes.indices.map { place -> UInt8 in
            let isBetween =
                bytes[place] == UInt8(ascii: "-") && place > 0 && place + 1 < bytes.count && bytes[place - 1].isDigit
                && bytes[place + 1].isDigit
            return isBetween ? UInt8(ascii: ".") : bytes[place]
        }
        return LicenseNames.lookup(String(ascii: dotted))
            ?? LicenseNames.lookup(String(ascii: dotted.map { $0 == UInt8(ascii: "-") ? 0x20 : $0 }))
    }
}

/// Host and path of an address, what is behind `?` and `#` and the endings of files left out.
private struct Address {
    let host: String
    let path: [String]

    init?(_ text: some StringProtocol) {
        guard LicenseAddress.isAddress(text) else { return nil }
        var rest = String(text.prefix(500))[...]
        if let scheme = rest.range(of: "//") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        var parts = rest.split(separator: "/").map(String.init)
        guard !parts.isEmpty else { return nil }
        var host = parts.removeFirst().lowercased().split(separator: ":").first.map(String.init) ?? ""
        if host.hasPrefix("www.") { host = String(host.dropFirst(4)) }
        if let last = parts.popLast() {
            var name = last[...]
            for ending in [".html", ".htm", ".txt", ".php", ".json", ".jsonld", ".rdf", ".xml", ".md", ".en", ".de"]
            where name.lowercased().hasSuffix(ending) {
                name = name.dropLast(ending.count)
            }
            if name.lowercased().hasSuffix(".en") { name = name.dropLast(3) }
            parts.append(String(name))
        }
        self.host = host
        self.path = parts
    }

    /// What stands right behind a folder.
    func name(in folder: String) -> String? {
        path.count == 2 && path[0].lowercased() == folder ? path[1] : nil
    }

    func begins(with beginning: String) -> Bool { path.joined(separator: "/").lowercased().hasPrefix(beginning) }
}

extension String.SubSequence {
    /// Where a text first stands in it.
    fileprivate func range(of text: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
