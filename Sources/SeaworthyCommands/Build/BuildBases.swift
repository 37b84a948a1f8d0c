// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Workbench

/// Where a build gets its base images: from the local store and the kit, and from registries where it may ask them.
struct BuildBases {
    /// Finds base images.
    let provider: any BaseImageProvider
    private let fetching: FetchingBaseImages?
    private let display: PullDisplay?
    private let note: String?

    /// Looks at `--pull`, `--registry` and the setting.
    init(_ options: BuildOptions, _ runtime: Runtime) throws {
        let bench = runtime.workbench
        guard try options.registry || bench.registryIsAllowed() else {
            provider = try bench.kit()
            fetching = nil
            display = nil
            note =
                options.pull
                ? "--pull: no registry is asked, the local store and the base image kit answer; --registry asks one"
                : nil
            return
        }
        let display = PullDisplay(runtime.console)
        let isQuiet = options.quiet || ["none", "rawjson"].contains(options.progress)
        let fetcher = ImageFetcher(bench) { if !isQuiet { display.show($0) } }
        let fetching = try FetchingBaseImages(
            bench,
            fetcher: fetcher,
            asksAlways: options.pull,
            isNamed: options.registry
        )
        provider = fetching
        self.fetching = fetching
        self.display = display
        note = nil
    }

    /// Ends the display, and says what is to be noted.
    func finish() -> [String] {
        display?.finish()
        return [note].compactMap(\.self) + (fetching?.remarks ?? [])
    }
}
