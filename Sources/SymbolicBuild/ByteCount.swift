// SPDX-License-Identifier: Apache-2.0

/// Sizes as BuildKit's progress prints them.
enum ByteCount {
    static func text(_ bytes: Int) -> String {
        if bytes < 1000 { return "\(bytes)B" }
        var value = Double(bytes)
        var unit = "B"
        for larger in ["kB", "MB", "GB", "TB", "PB", "EB"] where value >= 1000 {
            value /= 1000
            unit = larger
        }
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)\(unit)"
    }
}
