// SPDX-License-Identifier: Apache-2.0

package import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the operating system said, as a failure that names the way out.
package enum HostError {
    /// A failure for the error number of the call that just went wrong.
    package static func failure(_ what: String, at place: String, number: Int32 = errno) -> Failure {
        let why = String(cString: strerror(number))
        switch number {
        case ENOENT: return Failure(.noInput, what, at: .file(place), why: why)
        case ENOSPC, EDQUOT, EFBIG:
            return Failure(
                .inputOutput,
                what,
                at: .file(place),
                why: why,
                fix: "Free some space there and run the command again."
            )
        case EACCES, EPERM, EROFS:
            return Failure(
                .inputOutput,
                what,
                at: .file(place),
                why: why,
                fix: "Make it readable and writable for your account and run the command again."
            )
        case ELOOP:
            return Failure(
                .hostileInput,
                what,
                at: .file(place),
                why: "a symbolic link stands where a file or folder should be",
                fix: "Take the link away and run the command again."
            )
        default: return Failure(.inputOutput, what, at: .file(place), why: why)
        }
    }

    /// The same for something that was to be made, which has an exit code of its own.
    package static func cannotCreate(_ what: String, at place: String, number: Int32 = errno) -> Failure {
        let below = failure(what, at: place, number: number)
        return Failure(.cannotCreate, what, at: .file(place), why: below.why, fix: below.fix)
    }
}
