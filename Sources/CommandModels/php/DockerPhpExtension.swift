// SPDX-License-Identifier: Apache-2.0
//
// Source: docker-library/php, docker-php-ext-install and its kin.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// The scripts of the php images that build and switch on extensions of PHP: they write to its own folders.
enum DockerPhpExtension: CommandModel {
    static let names = [
        "docker-php-ext-install", "docker-php-ext-enable", "docker-php-ext-configure", "docker-php-source",
    ]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.files
    /// The options are those of the extensions' own build.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        guard call.world.isRoot else { return call.unknown("whether \(call.name) may write is not known", .files) }
        call.world.doubt(
            "\(call.name) builds or switches on extensions of PHP, which is not followed",
            .files,
            in: ["/usr/local/etc/php/conf.d", "/usr/local/include/php", "/usr/local/lib/php", "/usr/src"]
        )
        // On Alpine the compiler comes and goes with it.
        if call.name == "docker-php-ext-install", call.world.tree.resolvedNode(at: "/sbin/apk") != nil {
            return call.unknown(
                "docker-php-ext-install adds packages by apk and takes them away again",
                .systemPackages
            )
        }
        return .unknown
    }
}
