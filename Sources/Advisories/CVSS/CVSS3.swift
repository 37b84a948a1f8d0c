// SPDX-License-Identifier: Apache-2.0

// Source: FIRST, CVSS v3.1, section 7.1 (equations), 7.4 (weights), appendix A (rounding up); the base score of 3.0 is the same.

/// The base score of CVSS 3.0 and 3.1.
enum CVSS3 {
    private static let attackVector = ["N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2]
    private static let attackComplexity = ["L": 0.77, "H": 0.44]
    private static let privileges = ["N": 0.85, "L": 0.62, "H": 0.27]
    private static let privilegesChanged = ["N": 0.85, "L": 0.68, "H": 0.5]
    private static let interaction = ["N": 0.85, "R": 0.62]
    private static let impact = ["H": 0.56, "L": 0.22, "N": 0.0]

    /// The base score in tenths.
    static func baseScoreTenths(_ metrics: [String: String]) -> Int {
        func weight(_ name: String, _ table: [String: Double]) -> Double { metrics[name].flatMap { table[$0] } ?? 0 }
        let isChanged = metrics["S"] == "C"
        let base = 1 - (1 - weight("C", impact)) * (1 - weight("I", impact)) * (1 - weight("A", impact))
        let damage =
            isChanged ? 7.52 * (base - 0.029) - 3.25 * power(base - 0.02, 15) : 6.42 * base
        guard damage > 0 else { return 0 }
        let exploitability =
            8.22 * weight("AV", attackVector) * weight("AC", attackComplexity)
            * weight("PR", isChanged ? privilegesChanged : privileges) * weight("UI", interaction)
        let sum = isChanged ? 1.08 * (damage + exploitability) : damage + exploitability
        return roundedUpTenths(min(sum, 10))
    }

    /// The smallest number of tenths that is not below the score; floating point noise below 1/100000 does not count.
    private static func roundedUpTenths(_ score: Double) -> Int {
        let fine = Int((score * 100_000).rounded())
        return fine % 10_000 == 0 ? fine / 10_000 : fine / 10_000 + 1
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
