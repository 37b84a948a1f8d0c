// SPDX-License-Identifier: Apache-2.0

import Diagnostics

extension StepJudge {
    /// The judgement with its suggested change only where that helps: it is made in a copy of the Dockerfile, which is built and judged
    /// by the same check. A change that does not apply, or leaves the check as it was, is not shown; what to do is still said in words.
    func tried(_ judgement: Judgement, of decoded: DecodedCheck, _ input: CheckInput, _ work: JudgedWork?) throws
        -> Judgement
    {
        guard let diff = judgement.diff, judgement.verdict != .passed, let work else { return judgement }
        do {
            guard let changed = try work.trying(diff, tools) else { return judgement.withoutDiff }
            let analysis = decoded.needs.contains(.image) ? try changed.image(tools) { _ in nil }.report : nil
            let after = try decoded.judge(
                CheckInput(
                    work: changed.evidence,
                    dockerfilePath: input.dockerfilePath,
                    analysis: analysis,
                    facts: input.facts,
                    record: input.record,
                    sizeOfBase: input.sizeOfBase,
                    step: input.step
                )
            )
            return after.isBetter(than: judgement) ? judgement : judgement.withoutDiff
        } catch let failure as Failure where failure.code != .interrupted {
            return judgement.withoutDiff
        }
    }
}

extension Judgement {
    /// Whether a change brought the work on: to a better verdict, or nearer to it where several things are asked for.
    fileprivate func isBetter(than before: Judgement) -> Bool {
        if verdict != before.verdict { return Self.rank(verdict) > Self.rank(before.verdict) }
        guard let remaining, let earlier = before.remaining else { return false }
        return remaining < earlier
    }

    private static func rank(_ verdict: Verdict) -> Int {
        switch verdict {
        case .failed: 0
        case .unknown: 1
        case .passed: 2
        }
    }

    /// The same without a suggested change.
    fileprivate var withoutDiff: Judgement {
        Judgement(
            verdict,
            message,
            expected: expected,
            found: found,
            fix: fix,
            evidence: evidence,
            remaining: remaining,
            isAttempted: isAttempted
        )
    }
}
