// SPDX-License-Identifier: Apache-2.0

// Source: FIRST, CVSS v4.0 specification, section 8 (MacroVectors, highest severity vectors, interpolation).

/// The score of CVSS 4.0.
enum CVSS4 {
    /// The score in tenths, of all metrics that are given: threat and environment count where they stand in the vector.
    static func scoreTenths(_ metrics: [String: String]) -> Int {
        let effective = Effective(metrics: metrics)
        guard !["VC", "VI", "VA", "SC", "SI", "SA"].allSatisfy({ effective[$0] == "N" }) else { return 0 }
        let levels = effective.macroVector
        guard let top = CVSS4Table.scoreTenths(levels) else { return 0 }
        // Sums of fractions whose denominators are the depths below: 840 is a multiple of each.
        var sum = 0
        var count = 0
        for (distance, depth, lower) in steps(effective, levels) {
            guard let lower, top >= lower else { continue }
            count += 1
            sum += (top - lower) * distance * (840 / depth)
        }
        guard count > 0 else { return top }
        // top - sum / (840 * count), rounded half up.
        let denominator = 840 * count
        let numerator = top * denominator - sum
        return max(0, min(100, (2 * numerator + denominator) / (2 * denominator)))
    }

    /// For each group: how far the vector lies below the group's worst, how deep the group is, and the score one level lower.
    private static func steps(_ effective: Effective, _ levels: [Int]) -> [(distance: Int, depth: Int, lower: Int?)] {
        func lower(_ changes: [Int: Int]) -> Int? {
            CVSS4Table.scoreTenths(levels.enumerated().map { $0.element + (changes[$0.offset] ?? 0) })
        }
        let joint: Int? =
            switch (levels[2], levels[5]) {
            case (0, 0): max(lower([5: 1]) ?? -1, lower([2: 1]) ?? -1)
            case (1, 0): lower([5: 1])
            case (0, 1), (1, 1): lower([2: 1])
            default: lower([2: 1, 5: 1])
            }
        let jointDepth =
            switch (levels[2], levels[5]) {
            case (0, 0): 7
            case (0, 1): 6
            case (1, _): 8
            default: 10
            }
        return [
            (effective.distance(from: worst1[levels[0]]), [1, 4, 5][levels[0]], lower([0: 1])),
            (effective.distance(from: worst2[levels[1]]), [1, 2][levels[1]], lower([1: 1])),
            (effective.distance(from: worst3(levels[2], levels[5])), jointDepth, joint),
            (effective.distance(from: worst4[levels[3]]), [6, 5, 4][levels[3]], lower([3: 1])),
            (0, 1, lower([4: 1])),
        ]
    }

    private static let worst1 = [
        ["AV:N PR:N UI:N"], ["AV:A PR:N UI:N", "AV:N PR:L UI:N", "AV:N PR:N UI:P"],
        ["AV:P PR:N UI:N", "AV:A PR:L UI:P"],
    ]
    private static let worst2 = [["AC:L AT:N"], ["AC:H AT:N", "AC:L AT:P"]]
    private static let worst4 = [["SC:H SI:S SA:S"], ["SC:H SI:H SA:H"], ["SC:L SI:L SA:L"]]

    private static func worst3(_ impact: Int, _ requirement: Int) -> [String] {
        switch (impact, requirement) {
        case (0, 0): ["VC:H VI:H VA:H CR:H IR:H AR:H"]
        case (0, _): ["VC:H VI:H VA:L CR:M IR:M AR:H", "VC:H VI:H VA:H CR:M IR:M AR:M"]
        case (1, 0): ["VC:L VI:H VA:H CR:H IR:H AR:H", "VC:H VI:L VA:H CR:H IR:H AR:H"]
        case (1, _):
            [
                "VC:L VI:H VA:L CR:H IR:M AR:H", "VC:L VI:H VA:H CR:H IR:M AR:M", "VC:H VI:L VA:H CR:M IR:H AR:M",
                "VC:H VI:L VA:L CR:M IR:H AR:H", "VC:L VI:L VA:H CR:H IR:H AR:M",
            ]
        default: ["VC:L VI:L VA:L CR:H IR:H AR:H"]
        }
    }
}

extension CVSS4 {
    /// The metrics after modification and with the worst taken where nothing is said.
    private struct Effective {
        let metrics: [String: String]

        subscript(name: String) -> String {
            if let modified = metrics["M" + name], modified != "X" { return modified }
            let value = metrics[name] ?? "X"
            guard value == "X" else { return value }
            switch name {
            case "E": return "A"
            case "CR", "IR", "AR": return "H"
            default: return value
            }
        }

        /// The levels of EQ1 to EQ6.
        var macroVector: [Int] {
            let av = self["AV"]
            let easy = [av == "N", self["PR"] == "N", self["UI"] == "N"].count { $0 }
            let eq1 = easy == 3 ? 0 : easy > 0 && av != "P" ? 1 : 2
            let eq2 = self["AC"] == "L" && self["AT"] == "N" ? 0 : 1
            let vulnerable = [self["VC"] == "H", self["VI"] == "H", self["VA"] == "H"]
            let eq3 = vulnerable[0] && vulnerable[1] ? 0 : vulnerable.contains(true) ? 1 : 2
            let isSafety = self["SI"] == "S" || self["SA"] == "S"
            let eq4 = isSafety ? 0 : [self["SC"], self["SI"], self["SA"]].contains("H") ? 1 : 2
            let eq5 = ["A": 0, "P": 1, "U": 2][self["E"]] ?? 0
            let demanded = zip(["CR", "IR", "AR"], vulnerable).contains { self[$0] == "H" && $1 }
            return [eq1, eq2, eq3, eq4, eq5, demanded ? 0 : 1]
        }

        /// How many steps lie between the vector and the first of a group's worst vectors that is nowhere below it.
        func distance(from worst: [String]) -> Int {
            for vector in worst {
                var sum = 0
                var isAbove = true
                for pair in vector.split(separator: " ") {
                    let parts = pair.split(separator: ":").map(String.init)
                    let order = Self.order[parts[0]] ?? []
                    let place = order.firstIndex(of: self[parts[0]]) ?? 0
                    let difference = place - (order.firstIndex(of: parts[1]) ?? 0)
                    if difference < 0 { isAbove = false }
                    sum += difference
                }
                if isAbove { return sum }
            }
            return 0
        }

        /// The values of each metric, the worst first.
        private static let order: [String: [String]] = [
            "AV": ["N", "A", "L", "P"], "PR": ["N", "L", "H"], "UI": ["N", "P", "A"], "AC": ["L", "H"],
            "AT": ["N", "P"],
            "VC": ["H", "L", "N"], "VI": ["H", "L", "N"], "VA": ["H", "L", "N"],
            "SC": ["S", "H", "L", "N"], "SI": ["S", "H", "L", "N"], "SA": ["S", "H", "L", "N"],
            "CR": ["H", "M", "L"], "IR": ["H", "M", "L"], "AR": ["H", "M", "L"],
        ]
    }
}
