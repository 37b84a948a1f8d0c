// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PackageCatalogers

extension NuGetCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            NuGetCataloger(),
            "/app/shop.deps.json",
            #"{"libraries":{"shop/1.0.0":{"type":"project"},"Newtonsoft.Json/13.0.3":{"type":"package"}}}"#
        )
    ]
}

@Suite("The NuGet cataloger")
struct NuGetCatalogerTests {
    @Test("counts packages and not projects, and records what it cannot read")
    func kinds() {
        func run(_ text: String) -> CatalogerResult {
            CatalogerCompatibilityTests.run(NuGetCataloger(), [("/app/a.deps.json", Array(text.utf8))])
        }
        #expect(run(#"{"libraries":{"a/1":{"type":"project"}}}"#) == CatalogerResult())
        #expect(run(#"{"libraries":{"a":{"type":"package"}}}"#).unknowns.count == 1)
        #expect(run("[]").unknowns.count == 1)
    }
}
