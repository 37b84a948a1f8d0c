// SPDX-License-Identifier: Apache-2.0

// Source: machine-readable debian/copyright file 1.0.

/// What the lists of packages have in common.
enum KitList {
    /// The licences of a field, which are joined by ` ; `.
    static func licenses(_ field: String) -> [String] {
        field.split(separator: ";").compactMap { part in
            let name = part.drop(while: { $0 == " " })
            let end = name.lastIndex { $0 != " " }
            return end.map { String(name[...$0]) }
        }
    }

    /// A copyright file of our own: it names the recorded licences, each in a paragraph of its own that says of which files it is; which of
    /// them it is of in truth is not recorded.
    static func copyright(source: String, licenses: [String]) -> String {
        var text = """
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
            Upstream-Name: \(source)
            Comment: Part of a model. Only the short names of the licences are restated.

            """
        for license in licenses {
            text += "\nFiles: *\nCopyright: see the real package\nLicense: \(license)\n"
        }
        return text
    }
}
