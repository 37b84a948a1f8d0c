// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1, seq.

import Diagnostics
import ShellMachine

/// `seq`: counts. It reads its own words, for a number may begin with a dash.
enum Seq: CommandModel {
    static let names = ["seq"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        var words = call.arguments
        var separator = "\n"
        var pads = false
        while let first = words.first, first.hasPrefix("-"), Int(first) == nil {
            words.removeFirst()
            if first == "-s", !words.isEmpty {
                separator = words.removeFirst()
            } else if first == "-w" {
                pads = true
            } else {
                return call.unknown("seq \(first) is not followed", .output)
            }
        }
        guard !words.isEmpty, words.count <= 3 else { return call.missingOperand() }
        if let wrong = words.first(where: { Int($0) == nil }) {
            if words.contains(where: { Double($0) != nil && Int($0) == nil }) {
                return call.unknown("seq with fractions is not followed", .output)
            }
            return call.fail("invalid floating point argument: '\(wrong)'")
        }
        let values = words.compactMap { Int($0) }
        let step = values.count == 3 ? values[1] : 1
        guard step != 0 else { return call.fail("invalid Zero increment value: '0'") }
        let output = numbers(
            from: values.count > 1 ? values[0] : 1,
            by: step,
            to: values[values.count - 1],
            pads: pads,
            &call
        )
        if !output.isEmpty { call.out(output.joined(separator: separator) + "\n") }
        return .success
    }

    private static func numbers(
        from first: Int,
        by step: Int,
        to last: Int,
        pads: Bool,
        _ call: inout Invocation
    ) -> [String] {
        var output: [String] = []
        let width = pads ? max(String(first).utf8.count, String(last).utf8.count) : 0
        var value = first
        while step > 0 ? value <= last : value >= last {
            guard output.count < 1_000_000, call.world.charge(output.count % 64 == 0 ? 1 : 0) else { break }
            var text = String(value)
            while text.utf8.count < width { text = "0" + text }
            output.append(text)
            let (next, overflow) = value.addingReportingOverflow(step)
            if overflow { break }
            value = next
        }
        return output
    }
}
