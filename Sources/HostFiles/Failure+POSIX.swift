// SPDX-License-Identifier: Apache-2.0

package import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Failure {
    /// What the operating system said, as a failure that names the way out where there is one.
    ///
    /// - Parameters:
    ///   - creating: whether something was to be made, which has an exit code of its own.
    ///   - number: the error number; that of the system call that just went wrong when not given.
    package static func posix(
        _ what: String,
        at place: String,
        creating: Bool = false,
        number: Int32 = errno
    ) -> Failure {
        func failure(_ reason: Reason, why: String? = nil, fix: String? = nil) -> Failure {
            Failure(reason, what, at: .file(place), why: why ?? String(cString: strerror(number)), fix: fix)
        }
        switch number {
        case ENOENT, ENOTDIR: return failure(creating ? .cannotCreate : .noInput)
        case EEXIST, EISDIR: return failure(creating ? .cannotCreate : .inputOutput)
        case EACCES, EPERM, EROFS:
            return failure(
                creating ? .cannotCreate : .inputOutput,
                fix: "Make it readable and writable for your account and run the command again."
            )
        case ENOSPC, EDQUOT, EFBIG:
            return failure(.inputOutput, fix: "Free some space there and run the command again.")
        case ELOOP:
            return failure(
                .hostileInput,
                why: "a symbolic link stands where a file or folder should be",
                fix: "Take the link away and run the command again."
            )
        default: return failure(.inputOutput)
        }
    }
}
