// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics

/// What comes in while one request is carried out. libcurl calls it back; what it throws waits here, for no error crosses C.
final class CurlTransfer {
    private let limits: TransferLimits
    private let chooseSink: (HTTPResponse) throws -> any ByteSink
    private var lines: [String] = []
    private var headBytes = 0
    private var headIsWhole = false
    private var sink: (any ByteSink)?
    /// What was thrown on the way.
    private(set) var error: (any Error)?
    /// How many bytes of the body came.
    private(set) var bodyBytes = 0
    /// Where libcurl writes its sentence about an error.
    var errorText = [CChar](repeating: 0, count: 256)

    init(limits: TransferLimits, body: @escaping (HTTPResponse) throws -> any ByteSink) {
        self.limits = limits
        chooseSink = body
    }

    /// Takes a line of a head.
    ///
    /// - Returns: whether to go on.
    func takeHead(_ bytes: UnsafeRawBufferPointer) -> Bool {
        attempt {
            headBytes += bytes.count
            guard headBytes <= limits.headBytes, lines.count < limits.headFields else {
                throw Failure(
                    .overLimit,
                    "the head of the answer is too large",
                    why: "at most \(limits.headFields) fields and \(limits.headBytes) bytes are taken"
                )
            }
            let line = HTTPField.trimmed(String(decoding: bytes, as: UTF8.self)[...])
            // A proxy's answer and "100 Continue" have heads of their own, in front; trailers come behind the body.
            if line.hasPrefix("HTTP/"), bodyBytes == 0 {
                lines = []
                headIsWhole = false
            }
            if line.isEmpty { headIsWhole = true } else if bodyBytes == 0 { lines.append(line) }
        }
    }

    /// Takes a piece of the body.
    ///
    /// - Returns: whether to go on.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        attempt {
            bodyBytes += bytes.count
            try bodySink().write(bytes)
        }
    }

    /// The head, when all has come: an answer without a body gets its sink now.
    func finish() throws -> HTTPResponse {
        _ = try bodySink()
        return response
    }

    private func bodySink() throws -> any ByteSink {
        if let sink { return sink }
        let chosen = try chooseSink(response)
        sink = chosen
        return chosen
    }

    private var response: HTTPResponse {
        // "HTTP/1.1 200 OK"
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return HTTPResponse(status: status, fields: lines.dropFirst().compactMap { HTTPField(line: $0) })
    }

    private func attempt(_ work: () throws -> Void) -> Bool {
        guard error == nil else { return false }
        do {
            try work()
            return true
        } catch {
            self.error = error
            return false
        }
    }
}
