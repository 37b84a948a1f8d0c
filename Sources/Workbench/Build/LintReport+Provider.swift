// SPDX-License-Identifier: Apache-2.0

package import BaseImages
import DockerfileRules
package import DockerfileSyntax
package import OCISpec
package import Reporting

extension LintReport {
    /// Looks through a Dockerfile.
    ///
    /// - Parameters:
    ///   - ignore: the build context's ignore file; nil for none.
    ///   - isWhole: whether the stages that the target does not need are looked at as well.
    package init(
        _ bytes: [UInt8],
        path: String,
        parameters: BuildParameters,
        ignore: IgnoreFile?,
        isWhole: Bool,
        provider: any BaseImageProvider,
        platform: Platform
    ) {
        let dockerfile = Dockerfile(parsing: bytes)
        let graph = StageGraph(dockerfile, parameters)
        let linter = DockerfileLinter(dockerfile, graph, ignore: ignore, isWhole: isWhole) { name in
            guard let reference = try? ImageReference(parsing: name).withDefaultTag,
                let image = try? provider.baseImage(reference, platform: platform)
            else { return nil }
            let config = image.configuration.config
            return DockerfileLinter.Base(environment: config.env ?? [], hasShell: config.shell?.isEmpty == false)
        }
        self.init(path: path, dockerfile, graph, linter)
    }
}
