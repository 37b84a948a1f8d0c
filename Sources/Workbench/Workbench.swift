// SPDX-License-Identifier: Apache-2.0

package import Advisories
package import BaseImages
import CivilTime
package import ImageLayouts
package import Lessons
import Registries
package import Workspaces

/// The rooms, put together for a run: where content, store, kit and advisories are, and who gets what.
///
/// Nothing is opened before it is asked for, and each once: all who ask share it.
package struct Workbench: Sendable {
    /// What the run takes from the world.
    package let surroundings: Surroundings
    private let opened: Opened
    private let openers: Openers
    /// The day that was asked for; nil for the clock's.
    private let givenDay: String?

    package init(_ surroundings: Surroundings, openers: Openers = Openers()) {
        self.surroundings = surroundings
        opened = Opened(surroundings, openers)
        self.openers = openers
        givenDay = nil
    }

    private init(_ bench: Workbench, day: String) {
        surroundings = bench.surroundings
        opened = bench.opened
        openers = bench.openers
        givenDay = day
    }

    /// The folder of lessons, solutions, kit and advisories.
    ///
    /// - Throws: a `Failure`: `noInput` when there is none.
    package func contentRoot() throws -> String { try opened.content.get() }

    /// The lessons.
    package func lessons() throws -> LessonLibrary { try opened.lessons.get() }

    /// The folder of the base images that were added to the kit.
    package var ownKitPath: String { surroundings.home + "/kit" }

    /// The folder of the local store.
    package var storePath: String { surroundings.home + "/images" }

    /// The local store; it is made where it is not there.
    package func store() throws -> LocalImageStore { try opened.store.get() }

    /// Finds base images: imported and built ones first, then the kit's models.
    package func kit() throws -> BaseImageKit { try opened.kit.get() }

    /// What is known of tags, digests and ends of life.
    package func facts() throws -> BaseImageCatalog { try opened.catalog.get() }

    /// Finds packages for `apk add` and `apt-get install`.
    package func packages() throws -> PackageCatalog { try opened.packages.get() }

    /// Keeps the learners' workspaces.
    package func keeper() -> WorkspaceKeeper {
        WorkspaceKeeper(dataHome: surroundings.home, homeFolder: surroundings.environment["HOME"])
    }

    /// The vulnerability data.
    package func advisories() throws -> AdvisoryDatabase { try opened.advisories.get() }

    /// What carries requests out, for a fetcher.
    func transport(_ limits: TransferLimits) throws -> any HTTPTransport {
        try openers.transport(surroundings, limits)
    }

    /// Whether a day was asked for.
    var hasGivenDay: Bool { givenDay != nil }

    /// The day for which images are judged, `YYYY-MM-DD`: the clock's, where none was asked for.
    package var day: String { givenDay ?? surroundings.today }

    /// The beginning of that day in UTC where one was asked for, else the clock, in seconds since 1970.
    package var daySeconds: Int {
        givenDay.flatMap { Instant(parsing: $0 + "T00:00:00Z")?.epochSeconds } ?? surroundings.epochSeconds
    }

    /// The same workbench, judging for another day.
    package func judging(asOf day: String) -> Workbench { Workbench(self, day: day) }

    /// The day that the data reach, base images and advisories alike: lessons and grades are judged for it, whatever the clock
    /// says.
    package func dataDay() throws -> String {
        max(try advisories().dataSet.asOf, try facts().asOf)
    }

    /// The digest of the vulnerability data, for records.
    package func dataDigest() throws -> String { try advisories().dataSet.digest }
}

/// What was opened, shared by all copies of a workbench.
private final class Opened: Sendable {
    let content: Once<String>
    let lessons: Once<LessonLibrary>
    let store: Once<LocalImageStore>
    let catalog: Once<BaseImageCatalog>
    let kit: Once<BaseImageKit>
    let packages: Once<PackageCatalog>
    let advisories: Once<AdvisoryDatabase>

    init(_ surroundings: Surroundings, _ openers: Openers) {
        let (home, limits) = (surroundings.home, surroundings.limits)
        let content = Once { try openers.content(surroundings) }
        let store = Once { try openers.store(home + "/images", limits) }
        let catalog = Once { try openers.catalog(content.get() + "/kit").adding([home + "/kit"]) }
        self.content = content
        self.store = store
        self.catalog = catalog
        lessons = Once { try openers.lessons(content.get(), limits) }
        kit = Once { try openers.kit(catalog.get(), store.get()) }
        packages = Once { try openers.packages(content.get() + "/kit") }
        advisories = Once { try openers.advisories(content.get() + "/advisories", home) }
    }
}
