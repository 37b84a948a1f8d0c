// SPDX-License-Identifier: Apache-2.0

extension Sequence<Int> {
    /// The sum, which stays at the largest (or smallest) number instead of overflowing.
    package var saturatingSum: Int {
        reduce(0) { total, number in
            let (sum, overflow) = total.addingReportingOverflow(number)
            return overflow ? (number > 0 ? .max : .min) : sum
        }
    }
}
