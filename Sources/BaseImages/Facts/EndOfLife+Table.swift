// SPDX-License-Identifier: Apache-2.0

// Source: endoflife.date, products/*.md, 2026-08-22.

public import Packages

extension EndOfLife {
    /// A line of the table with what the contract does not carry.
    struct Row: Sendable, Hashable {
        let product: String
        let cycle: String
        let end: EndOfLife
        let latest: String?
    }

    /// Reads `facts/end-of-life.kit`: the ends, and the releases by product and codename (`debian bookworm`).
    static func table(_ records: [KitRecord]) -> (all: [Row], cycleOfCodename: [String: String]) {
        var rows: [Row] = []
        var cycles: [String: String] = [:]
        for record in records where record.kind == "E" {
            func day(_ index: Int) -> String? { ["", "+", "-"].contains(record[index]) ? nil : record[index] }
            let end = EndOfLife(
                product: record[0],
                cycle: record[1],
                date: day(3),
                // Ubuntu's and other makers' paid maintenance is no support for an image that is free to pull.
                extendedDate: record[0] == "debian" ? day(4) : nil,
                hasEnded: record[3] == "+"
            )
            rows.append(
                Row(product: record[0], cycle: record[1], end: end, latest: record[5].isEmpty ? nil : record[5])
            )
            if !record[2].isEmpty { cycles[record[0] + " " + record[2]] = record[1] }
        }
        return (rows, cycles)
    }

    /// Whether support has ended before a day.
    ///
    /// The later of the two dates rules: while Debian's long-term support lasts, its packages are mended and the official tags
    /// are built.
    /// - Parameter day: `YYYY-MM-DD`; the last day of support itself is still supported.
    public func hasEnded(by day: String) -> Bool {
        guard let last = [date, extendedDate].compactMap(\.self).max() else { return hasEnded }
        return last < day
    }
}

extension BaseImageCatalog {
    /// When a distribution release ends, by `ID` and `VERSION_ID` (of Alpine the first two numbers, of Debian and Red Hat the first), or
    /// by the codename.
    ///
    /// - Returns: nil when the release is not known, as for `edge`, `sid` and other distributions.
    public func endOfLife(of distribution: Distribution) -> EndOfLife? {
        let numbers = distribution.versionID?.split(separator: ".").map(String.init) ?? []
        switch distribution.id {
        case "alpine" where numbers.count >= 2:
            return endOfLife(product: "alpine", cycle: numbers[0] + "." + numbers[1])
        case "debian" where !numbers.isEmpty: return endOfLife(product: "debian", cycle: numbers[0])
        case "ubuntu" where numbers.count >= 2:
            return endOfLife(product: "ubuntu", cycle: numbers[0] + "." + numbers[1])
        case "debian", "ubuntu":
            let name = distribution.id + " " + (distribution.codename ?? "").lowercased()
            guard let cycle = lazyFacts.ends.cycleOfCodename[name] else { return nil }
            return endOfLife(product: distribution.id, cycle: cycle)
        // Minor releases of these follow each other; the free support of them all ends at one day.
        case "rhel" where !numbers.isEmpty, "rocky" where !numbers.isEmpty, "almalinux" where !numbers.isEmpty:
            return endOfLife(product: distribution.id, cycle: numbers[0])
        default: return nil
        }
    }

    /// When a release of a product ends: `debian`, `alpine`, `ubuntu`, `rhel`, `rocky`, `almalinux`, `nodejs`, `nginx`, `python`.
    ///
    /// - Parameter cycle: as the product counts its releases: `24` of Node.js, `3.13` of Python.
    public func endOfLife(product: String, cycle: String) -> EndOfLife? {
        lazyFacts.ends.all.first { $0.product == product && $0.cycle == cycle }?.end
    }
}
