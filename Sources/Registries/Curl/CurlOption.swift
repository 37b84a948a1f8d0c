// SPDX-License-Identifier: Apache-2.0

// Source: libcurl's curl/curl.h, CURLOPT.

/// The options of libcurl that are used, by their numbers: from 0 numbers, from 10000 pointers and texts, from 20000 functions.
enum CurlOption: Int32, CaseIterable {
    case lowSpeedLimit = 19
    case lowSpeedSeconds = 20
    case postsForm = 47
    case formLength = 60
    case bufferSize = 98
    case sendsNoSignals = 99
    case totalMilliseconds = 155
    case connectMilliseconds = 156
    case protocols = 181
    case formToCopy = 10_165
    case bodyContext = 10_001
    case url = 10_002
    case proxy = 10_004
    case errorText = 10_010
    case userAgent = 10_018
    case fields = 10_023
    case headContext = 10_029
    case certificates = 10_065
    case withoutProxy = 10_177
    case socketPath = 10_231
    case bodyReceiver = 20_011
    case headReceiver = 20_079

    /// What libcurl calls it.
    var name: String {
        switch self {
        case .lowSpeedLimit: "LOW_SPEED_LIMIT"
        case .lowSpeedSeconds: "LOW_SPEED_TIME"
        case .postsForm: "POST"
        case .formLength: "POSTFIELDSIZE"
        case .bufferSize: "BUFFERSIZE"
        case .sendsNoSignals: "NOSIGNAL"
        case .totalMilliseconds: "TIMEOUT_MS"
        case .connectMilliseconds: "CONNECTTIMEOUT_MS"
        case .protocols: "PROTOCOLS"
        case .formToCopy: "COPYPOSTFIELDS"
        case .bodyContext: "WRITEDATA"
        case .url: "URL"
        case .proxy: "PROXY"
        case .errorText: "ERRORBUFFER"
        case .userAgent: "USERAGENT"
        case .fields: "HTTPHEADER"
        case .headContext: "HEADERDATA"
        case .certificates: "CAINFO"
        case .withoutProxy: "NOPROXY"
        case .socketPath: "UNIX_SOCKET_PATH"
        case .bodyReceiver: "WRITEFUNCTION"
        case .headReceiver: "HEADERFUNCTION"
        }
    }
}
