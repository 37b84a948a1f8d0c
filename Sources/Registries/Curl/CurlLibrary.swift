// SPDX-License-Identifier: Apache-2.0

// Source: libcurl's curl/curl.h and curl/easy.h.

import CCurl
import Diagnostics

/// The system's libcurl, opened when a command first asks the network: until then it costs nothing, and it may be absent.
///
/// `@unchecked Sendable`: the functions are constants, and libcurl's own are safe to call from any thread after the setup.
final class CurlLibrary: @unchecked Sendable {
    typealias Make = @convention(c) () -> UnsafeMutableRawPointer?
    typealias Act = @convention(c) (UnsafeMutableRawPointer?) -> Int32
    typealias Drop = @convention(c) (UnsafeMutableRawPointer?) -> Void
    typealias Append = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> UnsafeMutableRawPointer?
    typealias Explain = @convention(c) (Int32) -> UnsafePointer<CChar>?
    typealias OptionByName = @convention(c) (UnsafePointer<CChar>?) -> UnsafePointer<ccurl_option>?
    private typealias SetUp = @convention(c) (Int) -> Int32

    let make: Make
    let perform: Act
    let reset: Drop
    let cleanUp: Drop
    let append: Append
    let freeList: Drop
    let explain: Explain
    /// What the library itself says about its options; nil before 7.73.
    let optionByName: OptionByName?
    private let setOption: UnsafeMutableRawPointer
    private let getInfo: UnsafeMutableRawPointer

    /// The names that the library has on Debian (with OpenSSL, then GnuTLS) and on macOS.
    private static let names = ["libcurl.so.4", "libcurl-gnutls.so.4", "/usr/lib/libcurl.4.dylib"]

    private static let loaded = CurlLibrary()

    /// The library.
    ///
    /// - Throws: a `Failure` (`unavailable`) when this machine has none.
    static func get() throws -> CurlLibrary {
        guard let loaded else {
            throw Failure(
                .unavailable,
                "the system's libcurl is not there",
                why: "none of \(names.joined(separator: ", ")) can be opened",
                fix: "install it (on Debian: apt install libcurl4), or load the image from an archive"
            )
        }
        return loaded
    }

    private init?() {
        guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else { return nil }
        func function(_ name: String) -> UnsafeMutableRawPointer? { dlsym(library, name) }
        guard let setUp = function("curl_global_init"), let make = function("curl_easy_init"),
            let perform = function("curl_easy_perform"), let reset = function("curl_easy_reset"),
            let cleanUp = function("curl_easy_cleanup"), let append = function("curl_slist_append"),
            let freeList = function("curl_slist_free_all"), let explain = function("curl_easy_strerror"),
            let setOption = function("curl_easy_setopt"), let getInfo = function("curl_easy_getinfo")
        else { return nil }
        self.make = unsafeBitCast(make, to: Make.self)
        self.perform = unsafeBitCast(perform, to: Act.self)
        self.reset = unsafeBitCast(reset, to: Drop.self)
        self.cleanUp = unsafeBitCast(cleanUp, to: Drop.self)
        self.append = unsafeBitCast(append, to: Append.self)
        self.freeList = unsafeBitCast(freeList, to: Drop.self)
        self.explain = unsafeBitCast(explain, to: Explain.self)
        optionByName = function("curl_easy_option_by_name").map { unsafeBitCast($0, to: OptionByName.self) }
        self.setOption = setOption
        self.getInfo = getInfo
        // CURL_GLOBAL_DEFAULT
        guard unsafeBitCast(setUp, to: SetUp.self)(3) == 0 else { return nil }
    }

    func set(_ option: CurlOption, _ value: Int, on handle: UnsafeMutableRawPointer) {
        _ = ccurl_set_number(setOption, handle, option.rawValue, value)
    }

    func set(_ option: CurlOption, pointer: UnsafeRawPointer?, on handle: UnsafeMutableRawPointer) {
        _ = ccurl_set_pointer(setOption, handle, option.rawValue, pointer)
    }

    /// A text; libcurl copies it.
    func set(_ option: CurlOption, text: String, on handle: UnsafeMutableRawPointer) {
        text.withCString { _ = ccurl_set_pointer(setOption, handle, option.rawValue, $0) }
    }

    func set(_ option: CurlOption, receiver: ccurl_receiver, on handle: UnsafeMutableRawPointer) {
        _ = ccurl_set_receiver(setOption, handle, option.rawValue, receiver)
    }

    /// The status of the last answer; 0 when there was none.
    func status(of handle: UnsafeMutableRawPointer) -> Int {
        var status = 0
        // CURLINFO_RESPONSE_CODE
        _ = ccurl_get_number(getInfo, handle, 0x200002, &status)
        return status
    }

    func text(of code: Int32) -> String { explain(code).map { String(cString: $0) } ?? "error \(code)" }
}
