// SPDX-License-Identifier: Apache-2.0

package import BaseImages
import Diagnostics
import ImageLayouts
package import OCISpec
import Synchronization

/// The base images of a build that may ask registries: real ones are fetched into the local store, and so win over models.
///
/// Each is asked for once a build. Where the command itself named the network, what goes wrong there ends the build; where only
/// the setting allows it, a registry that is not there or has no such image leaves the answer to store and kit, and is remarked.
package final class FetchingBaseImages: BaseImageProvider {
    private let kit: BaseImageKit
    private let store: LocalImageStore
    private let fetcher: ImageFetcher
    private let asksAlways: Bool
    private let isNamed: Bool
    private let state = Mutex(State())

    private struct State {
        var failures: [String: Failure?] = [:]
        var remarks: [String] = []
    }

    /// Puts registries in front of store and kit.
    ///
    /// - Parameters:
    ///   - asksAlways: whether an image that the store has is asked for, too.
    ///   - isNamed: whether the command itself named the network.
    package init(_ bench: Workbench, fetcher: ImageFetcher, asksAlways: Bool, isNamed: Bool) throws {
        kit = try bench.kit()
        store = try bench.store()
        self.fetcher = fetcher
        self.asksAlways = asksAlways
        self.isNamed = isNamed
    }

    /// What was answered by store or kit in the place of a registry, and why.
    package var remarks: [String] { state.withLock { $0.remarks } }

    package func baseImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? {
        if reference.domain != BaseImageKit.storeDomain {
            let key = "\(reference) \(platform)"
            let known = state.withLock { $0.failures[key] }
            let failure = known ?? ask(reference, platform)
            state.withLock { $0.failures[key] = .some(failure) }
            if let failure { throw failure }
        }
        return try kit.baseImage(reference, platform: platform)
    }

    package func knownNear(_ reference: ImageReference) -> [ImageReference] { kit.knownNear(reference) }

    /// Fetches an image where that is wanted.
    ///
    /// - Returns: what ends the build; nil when nothing does.
    private func ask(_ reference: ImageReference, _ platform: Platform) -> Failure? {
        let isStored = (try? store.image(reference.description, platform: platform)) != nil
        if isStored, !asksAlways { return nil }
        do {
            _ = try fetcher.pull(reference, platform: platform)
            return nil
        } catch let failure as Failure {
            let isAbsent = failure.code == .noInput
            guard (isNamed && isAbsent && isStored) || (!isNamed && (isAbsent || failure.code == .unavailable)) else {
                return failure
            }
            let other = isStored ? "the image of the local store" : "the base image kit"
            let remark = "\(failure.description); \(other) answers"
            state.withLock { $0.remarks.append(remark) }
            return nil
        } catch {
            return Failure(.internalFault, "a base image could not be fetched", why: "\(error)", cause: error)
        }
    }
}
