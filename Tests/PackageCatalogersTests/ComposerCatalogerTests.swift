// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@testable import PackageCatalogers

extension ComposerCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            ComposerCataloger(),
            "/app/vendor/composer/installed.json",
            #"{"packages":[{"name":"monolog/monolog","version":"3.9.0","license":["MIT"]}],"dev":true}"#
        ),
        CatalogerSample(
            ComposerCataloger(),
            "/srv/lib/composer/installed.json",
            #"[{"name":"psr/log","version":"v1.0.0"}]"#
        ),
    ]
}

@Suite("The Composer cataloger")
struct ComposerCatalogerTests {
    @Test("records a list that it cannot read, and packages without a name")
    func odd() {
        func run(_ text: String) -> CatalogerResult {
            CatalogerCompatibilityTests.run(
                ComposerCataloger(),
                [("/app/vendor/composer/installed.json", Array(text.utf8))]
            )
        }
        #expect(run("{\"packages\":{}}").unknowns.count == 1)
        #expect(run("nonsense").unknowns.count == 1)
        let half = run(#"{"packages":[{"name":"a/b","version":"1.0","license":["GPL-2.0","MIT"]},{"name":"c/d"}]}"#)
        #expect(half.packages.map(\.purl.description) == ["pkg:composer/a/b@1.0"])
        #expect(half.packages.first?.licenses == ["GPL-2.0 OR MIT"])
        #expect(half.unknowns.count == 1)
    }
}
