// SPDX-License-Identifier: Apache-2.0

package import Advisories
package import BaseImages
package import ImageLayouts
package import Lessons
package import Workspaces

/// The rooms, put together for a run: where content, store, kit and advisories are, and who gets what.
///
/// Nothing is opened before it is asked for, and each once: all who ask share it.
package struct Workbench: Sendable {
    /// What the run takes from the world.
    package let surroundings: Surroundings
    private let opened: Opened

    package init(_ surroundings: Surroundings, openers: Openers = Openers()) {
        self.surroundings = surroundings
        opened = Opened(surroundings, openers)
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
