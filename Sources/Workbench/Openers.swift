// SPDX-License-Identifier: Apache-2.0

package import Advisories
package import BaseImages
package import Diagnostics
package import ImageLayouts
import LessonChecks
package import Lessons
package import Registries

/// How the workbench opens what is costly; a test puts openers in their place that count.
package struct Openers: Sendable {
    /// Finds the content's folder.
    package var content: @Sendable (_ surroundings: Surroundings) throws -> String = ContentFolder.find
    /// Opens the lessons of a content folder, whose checks are held against the kinds that there are.
    package var lessons: @Sendable (_ content: String, _ limits: Limits) throws -> LessonLibrary = { content, limits in
        LessonLibrary(root: content, limits: limits, kinds: CheckKindRegistry())
    }
    /// Opens the local store, and makes it where it is not there.
    package var store: @Sendable (_ path: String, _ limits: Limits) throws -> LocalImageStore = { path, limits in
        try LocalImageStore(path: path, limits: limits)
    }
    /// Opens what is known of base images.
    package var catalog: @Sendable (_ kit: String) throws -> BaseImageCatalog = { BaseImageCatalog(root: $0) }
    /// Opens the base image kit.
    package var kit: @Sendable (_ catalog: BaseImageCatalog, _ store: any BaseImageStore) throws -> BaseImageKit =
        { BaseImageKit(catalog: $0, store: $1) }
    /// Opens the packages of the kit's distributions.
    package var packages: @Sendable (_ kit: String) throws -> PackageCatalog = { PackageCatalog(root: $0) }
    /// Opens the vulnerability data.
    package var advisories: @Sendable (_ folder: String, _ home: String) throws -> AdvisoryDatabase = { folder, home in
        try AdvisoryDatabase.open(embedded: folder, home: home)
    }
    /// Makes what carries requests out, for a command that names the network.
    package var transport:
        @Sendable (_ surroundings: Surroundings, _ limits: TransferLimits) throws -> any HTTPTransport = {
            try CurlTransport(
                environment: $0.environment,
                userAgent: "seaworthy/\(EngineVersion.current)",
                limits: $1
            )
        }

    package init() {}
}
