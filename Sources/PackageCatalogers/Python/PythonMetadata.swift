// SPDX-License-Identifier: Apache-2.0

// Source: PyPA specifications, "Core metadata"; PEP 639.

import SystemFiles

/// The head of a Python package's metadata: lines `Name: value` up to the first empty one.
struct PythonMetadata {
    private var values: [String: [String]] = [:]

    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var last: String?
            for line in ByteLines(buffer) {
                let text = line.text(from: 0)
                if text.isEmpty { break }
                if line.first == 0x20 || line.first == 0x09 {
                    if let last, let count = values[last]?.count, count > 0 {
                        values[last]?[count - 1] += "\n" + text
                    }
                    continue
                }
                guard let colon = text.firstIndex(of: ":") else { continue }
                let name = text[..<colon].lowercased()
                values[name, default: []].append(String(text[text.index(after: colon)...]))
                last = name
            }
        }
    }

    /// The first value of a field, trimmed, on one line; nil when it is missing, empty or `UNKNOWN`.
    func first(_ name: String) -> String? {
        let text = (values[name]?.first ?? "").utf8.trimmedText
        let line = String(text.prefix { !$0.isNewline })
        return line.isEmpty || line == "UNKNOWN" ? nil : line
    }

    /// The licence: the expression of PEP 639, else the field, else what the classifiers say. A field that holds a whole text says
    /// less than the classifiers.
    var licenses: [String] {
        if let expression = first("license-expression") { return [expression] }
        let classifiers = (values["classifier"] ?? []).map { $0.utf8.trimmedText }
            .filter { $0.hasPrefix("License ::") && $0 != "License :: OSI Approved" }
        let written = values["license"]?.first ?? ""
        if let line = first("license"), classifiers.isEmpty || !written.contains("\n"), line.utf8.count <= 200 {
            return [line]
        }
        return classifiers
    }
}
