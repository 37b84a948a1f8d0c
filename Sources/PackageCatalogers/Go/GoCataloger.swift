// SPDX-License-Identifier: Apache-2.0

// Source: Go's debug/buildinfo and runtime/debug (`BuildInfo`), which `go version -m` prints.

import ImageFilesystem
public import OCISpec
import Packages

/// Finds the Go modules that a program was built of, and Go's own library, by what the Go linker writes into it.
public struct GoCataloger: Cataloger {
    /// `go`.
    public var name: String { "go" }

    /// Makes the cataloger.
    public init() {}

    /// It does.
    public var takesPrograms: Bool { true }

    /// Programs are looked through by whoever reads the layers, whatever their names.
    public func interest(in path: ImagePath) -> FileInterest { .none }

    /// Takes each program of Go apart; one whose build information cannot be read is recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for program in context.resolver.programs() {
            guard let bytes = program.program.goBuildInformation else { continue }
            guard let information = GoBuildInformation(bytes) else {
                result.note("\(program.path) is a Go program whose build information cannot be read")
                continue
            }
            let location = Package.Location(
                path: program.path.description,
                layerDiffID: program.layerDiffID?.description,
                layerIndex: program.layerIndex
            )
            if information.modules.isEmpty {
                result.note("\(program.path) is a Go program that does not say of which modules it was built")
            }
            let library = GoBuildInformation.Module(path: "stdlib", version: information.version)
            for module in [library] + information.modules {
                result.packages.append(
                    Package(
                        type: .golang,
                        name: module.path,
                        version: module.version,
                        locations: [location],
                        foundBy: name
                    )
                )
            }
        }
        return result
    }
}
