// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Without blanks at both ends.
    public var trimmed: String {
        var view = self[...]
        while let first = view.unicodeScalars.first, first == " " || first == "\t" || first == "\r" || first == "\n" {
            view = view[view.unicodeScalars.index(after: view.startIndex)...]
        }
        while let last = view.unicodeScalars.last, last == " " || last == "\t" || last == "\r" || last == "\n" {
            view = view[..<view.unicodeScalars.index(before: view.endIndex)]
        }
        return String(view)
    }
}
