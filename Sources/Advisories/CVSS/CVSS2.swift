// SPDX-License-Identifier: Apache-2.0

// Source: FIRST, CVSS v2.0, section 3.2.1.

/// The base score of CVSS 2.0.
enum CVSS2 {
    private static let accessVector = ["L": 0.395, "A": 0.646, "N": 1.0]
    private static let accessComplexity = ["H": 0.35, "M": 0.61, "L": 0.71]
    private static let authentication = ["M": 0.45, "S": 0.56, "N": 0.704]
    private static let impact = ["N": 0.0, "P": 0.275, "C": 0.660]

    /// The base score in tenths.
    static func baseScoreTenths(_ metrics: [String: String]) -> Int {
        func weight(_ name: String, _ table: [String: Double]) -> Double { metrics[name].flatMap { table[$0] } ?? 0 }
        let kept =
            (1 - weight("C", impact)) * (1 - weight("I", impact)) * (1 - weight("A", impact))
        let damage = 10.41 * (1 - kept)
        let exploitability =
            20 * weight("AV", accessVector) * weight("AC", accessComplexity) * weight("Au", authentication)
        let factor = damage == 0 ? 0 : 1.176
        let score = (0.6 * damage + 0.4 * exploitability - 1.5) * factor
        return Int((max(0, min(10, score)) * 10).rounded())
    }
}
