// SPDX-License-Identifier: Apache-2.0

package import BillOfMaterials
import Diagnostics
import HostFiles

extension Workbench {
    /// The VEX documents at a place of this machine: a file, or the files `*.vex.json` of a folder, sorted by path.
    ///
    /// - Throws: a `Failure`: `noInput` when there is none, and what reading throws, with the file named.
    package func vexDocuments(at place: String) throws -> [(name: String, document: OpenVEXDocument)] {
        let path = surroundings.resolve(place)
        guard HostFile.kind(of: path) == .directory else { return [(place, try document(path, place))] }
        let files = try HostFile.walk(path, limits: surroundings.limits).filter {
            $0.kind == .file && $0.path.hasSuffix(".vex.json")
        }
        guard !files.isEmpty else {
            throw Failure(
                .noInput,
                "no VEX document is in the folder",
                at: .file(place),
                fix: "name the file itself, or let its name end in .vex.json"
            )
        }
        return try files.map { file in
            let name = place + (place.hasSuffix("/") ? "" : "/") + file.path
            return (name, try document(path + "/" + file.path, name))
        }
    }

    private func document(_ path: String, _ name: String) throws -> OpenVEXDocument {
        let limits = surroundings.limits
        let bytes = try HostFile.read(path, limit: limits.entryBytes)
        do {
            return try OpenVEXReader.read(bytes, limits: limits)
        } catch let failure as Failure {
            throw Failure(
                failure.reason,
                failure.what,
                at: .file(name),
                why: failure.why,
                fix: "give an OpenVEX document, as JSON",
                cause: failure
            )
        }
    }
}
