// SPDX-License-Identifier: Apache-2.0

/// The names that people give to licences.
enum LicenseNames {
    /// The licence behind a name; nil when the name is not known.
    static func lookup(_ name: String) -> LicenseExpression? {
        if LicenseAddress.isAddress(name) { return LicenseAddress.license(name) }
        if let listed = LicenseExpression.listed(name) { return listed }
        if let gnu = gnu(name) { return gnu }
        let key = key(name)
        if let id = aliases[key] { return LicenseExpression.listed(id) ?? .reference(document: nil, name: id) }
        return keys[key].flatMap(LicenseExpression.listed)
    }

    /// A text as the name of a reference: letters, digits, dots and single hyphens.
    static func sanitised(_ text: String) -> String {
        var result: [UInt8] = LicenseAddress.isAddress(text) ? Array("address-".utf8) : []
        for byte in text.utf8.prefix(100) {
            if byte.isAlphanumeric || byte == UInt8(ascii: ".") {
                result.append(byte)
            } else if byte == UInt8(ascii: "+") {
                result += "-or-later".utf8
            } else if let last = result.last, last != UInt8(ascii: "-") {
                result.append(UInt8(ascii: "-"))
            }
        }
        while result.last == UInt8(ascii: "-") { result.removeLast() }
        return result.isEmpty ? "unnamed" : String(ascii: result)
    }

    /// The exception of the list, or a reference.
    static func exception(_ text: String) -> String {
        let hyphenated = text.split(whereSeparator: \.isWhitespace).joined(separator: "-")
        return SPDXLicense.exception(hyphenated)?.id ?? "AdditionRef-" + sanitised(text)
    }

    /// Lower case, separators as one blank, words that carry no meaning dropped.
    private static func key(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "+") }
        var result: [String] = []
        for word in words.compactMap({ word -> String? in
            switch word {
            case "the", "license", "licence", "licensed", "version", "v", "software", "under": return nil
            default: break
            }
            let bare = word.first == "v" && word.dropFirst().first?.isNumber ?? false ? word.dropFirst() : word
            return String(bare)
        }) where word != result.last { result.append(word) }
        return result.joined(separator: " ")
    }

    /// Ids of the list by their key, so that `Apache 2.0` and `BSD 3 Clause` are known.
    private static let keys: [String: String] = {
        var result: [String: String] = [:]
        for license in SPDXLicense.all where !license.isException && license.deprecatedSince == nil {
            result[key(license.id)] = license.id
        }
        return result
    }()

    private static let aliases: [String: String] = {
        let table = """
            expat=MIT, mit expat=MIT, mit x11=MIT, x11 mit=MIT, mit style=MIT, apache 2=Apache-2.0, apache2=Apache-2.0, \
            apache2.0=Apache-2.0, asl 2.0=Apache-2.0, apache 1.1=Apache-1.1, bsd 2 clause=BSD-2-Clause, \
            bsd 2=BSD-2-Clause, 2 clause bsd=BSD-2-Clause, simplified bsd=BSD-2-Clause, freebsd=BSD-2-Clause, \
            bsd 3 clause=BSD-3-Clause, bsd 3=BSD-3-Clause, 3 clause bsd=BSD-3-Clause, new bsd=BSD-3-Clause, \
            modified bsd=BSD-3-Clause, revised bsd=BSD-3-Clause, bsd 4 clause=BSD-4-Clause, isc iscl=ISC, \
            artistic=Artistic-1.0-Perl, artistic 1=Artistic-1.0, artistic 2=Artistic-2.0, perl artistic=Artistic-1.0-Perl, \
            mpl 1.1=MPL-1.1, mpl 2=MPL-2.0, mozilla public 2.0 mpl 2.0=MPL-2.0, mozilla public 2.0=MPL-2.0, \
            mozilla public 1.1 mpl 1.1=MPL-1.1, psf=PSF-2.0, python foundation=PSF-2.0, psf 2=PSF-2.0, \
            cc0=CC0-1.0, cc0 1.0 universal=CC0-1.0, cc0 1.0 universal cc0 1.0 public domain dedication=CC0-1.0, \
            bsl 1=BSL-1.0, boost 1.0=BSL-1.0, boost 1.0 bsl 1.0=BSL-1.0, bzip=bzip2-1.0.6, bzip2=bzip2-1.0.6, \
            unlicense unlicense=Unlicense, zpl 2.1=ZPL-2.1, zope public=ZPL-2.1, zlib libpng zlib=Zlib, \
            universal permissive upl=UPL-1.0, eclipse public 1.0 epl 1.0=EPL-1.0, eclipse public 2.0 epl 2.0=EPL-2.0, \
            eclipse public 2.0=EPL-2.0, academic free afl=AFL-3.0, openldap 2.8=OLDAP-2.8, sil open font 1.1=OFL-1.1, \
            sil open font 1.1 ofl 1.1=OFL-1.1, european union public 1.2 eupl 1.2=EUPL-1.2, mit no attribution mit 0=MIT-0, \
            ms pl=MS-PL, pd=public-domain, public domain=public-domain
            """
        var result: [String: String] = [:]
        for entry in table.split(separator: ",") {
            let parts = entry.split(separator: "=").map { $0.drop { $0 == " " } }
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
        }
        return result
    }()

    /// How names of GNU's licences begin, and which family that is.
    private static let gnuFamilies = [
        ("affero general public license", "AGPL"), ("affero general public licence", "AGPL"),
        ("affero gpl", "AGPL"),
        ("agpl", "AGPL"), ("lesser general public license", "LGPL"), ("lesser general public licence", "LGPL"),
        ("library or lesser general public license", "LGPL"), ("library general public license", "LGPL"),
        ("lesser gpl", "LGPL"), ("lgpl", "LGPL"), ("general public license", "GPL"),
        ("general public licence", "GPL"),
        ("gpl", "GPL"), ("free documentation license", "GFDL"), ("gfdl", "GFDL"), ("fdl", "GFDL"),
    ]

    /// GNU's licences in the many ways in which people write them: `AGPLv3+`, `LGPL-2.1`, `GNU General Public License v2`.
    private static func gnu(_ name: String) -> LicenseExpression? {
        var rest = name.lowercased().split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }.joined(separator: " ")[
            ...
        ]
        for word in ["the ", "gnu ", "gnu-"] where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
        guard let (prefix, family) = gnuFamilies.first(where: { rest.hasPrefix($0.0) }) else { return nil }
        rest = rest.dropFirst(prefix.count)
        var hasNoInvariants = false
        let separators = [" ", "-", "_", "version", "ver.", "ver"]
        skip(separators, &rest)
        if family == "GFDL", rest.hasPrefix("niv") {
            hasNoInvariants = true
            rest = rest.dropFirst(3)
            skip(separators, &rest)
        }
        if rest.hasPrefix("v"), rest.dropFirst().first.map({ $0.isNumber || $0 == "." || $0 == " " }) ?? false {
            rest = rest.dropFirst()
            skip([".", " "], &rest)
        }
        let version = rest.prefix { $0.isNumber || $0 == "." }
        rest = rest.dropFirst(version.count)
        guard let number = versionNumber(version, family: family) else {
            // A name alone says no version; anything else is a name of its own.
            let isBare =
                version.isEmpty && ["", "+"].contains(rest) || version.isEmpty && rest.hasPrefix(family.lowercased())
            return isBare ? .reference(document: nil, name: family) : nil
        }
        var isOrLater = false
        skip(["."], &rest)
        for word in [
            "+", "-or-later", " or-later", " or any later version", " or later version", " or any later", " or later",
            " or newer", " or above", "-or-newer", "_or_later", "plus",
        ] where rest.hasPrefix(word) {
            isOrLater = true
            rest = rest.dropFirst(word.count)
        }
        for word in ["-only", " only", "-or-later"] where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
        for word in ["-no-invariants", "-no-invariant", "-niv"] where rest.hasPrefix(word) {
            hasNoInvariants = true
            rest = rest.dropFirst(word.count)
        }
        let stem = "\(family)-\(number)" + (hasNoInvariants ? "-no-invariants" : "")
        guard let listed = SPDXLicense.license(stem + (isOrLater ? "-or-later" : "-only")) else { return nil }
        let license = LicenseExpression.license(id: listed.id, orLater: false)
        skip([" ", "-", "_"], &rest)
        if rest.isEmpty || rest == "license" || rest == "licence" { return license }
        // `… v3 or later (AGPLv3+)` says the same twice.
        if rest.hasPrefix(family.lowercased()), !rest.contains(" "),
            rest.filter(\.isNumber) == version.filter(\.isNumber)
        {
            return license
        }
        // `GPL-2+-with-link-exception`; with blanks it is for the reader of expressions.
        if rest.hasPrefix("with-"), !rest.contains(" ") {
            return .with(license, exception: exception(String(rest.dropFirst(5))))
        }
        return nil
    }

    /// Takes words from the front, in any order and as often as they stand there.
    private static func skip(_ words: [String], _ rest: inout Substring) {
        var again = true
        while again {
            again = false
            for word in words where rest.hasPrefix(word) {
                rest = rest.dropFirst(word.count)
                again = true
            }
        }
    }

    /// `2` is `2.0`; nil when the text is no version that the family has.
    private static func versionNumber(_ text: Substring, family: String) -> String? {
        var text = text
        while text.last == "." { text = text.dropLast() }
        guard !text.isEmpty, text.first != "." else { return nil }
        let number = text.contains(".") ? String(text) : text + ".0"
        return SPDXLicense.license("\(family)-\(number)-only") == nil ? nil : number
    }
}
