// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import Reporting

extension ImageReference {
    /// A name that an image can be given: no digest, and `latest` where no tag is written.
    ///
    /// - Parameters:
    ///   - place: where it was typed.
    ///   - digestRefused: what is said when it has a digest.
    ///   - invalid: what is said when it is no reference.
    /// - Throws: a `Failure` (`usage`).
    init(newName text: String, at place: Place, digestRefused: String, invalid: String) throws {
        let reference: ImageReference
        do throws(ValidationError) {
            reference = try ImageReference(parsing: text)
        } catch {
            throw Failure(
                .usage,
                invalid,
                at: place,
                why: error.sentence,
                fix: "write it as name:tag, in small letters"
            )
        }
        guard reference.digest == nil else {
            throw Failure(.usage, digestRefused, at: place, fix: "leave out what begins with @")
        }
        self = reference.withDefaultTag
    }
}
