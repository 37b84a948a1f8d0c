// SPDX-License-Identifier: Apache-2.0

// Source: passwd(5); runc's libcontainer/user (a number is always a uid; of two entries the first counts).

/// The accounts of an image's `/etc/passwd`.
public enum UserAccounts: Sendable, Hashable {
    /// The file's entries in order; empty when the image has no such file.
    case known([Account])
    /// These are known, but something that the engine did not understand may have added others: why, in one sentence.
    case partly([Account], String)

    /// An entry.
    public struct Account: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The number.
        public let uid: Int

        /// Makes an entry from its parts.
        public init(name: String, uid: Int) {
            self.name = name
            self.uid = uid
        }
    }

    /// Reads the file; lines that are no entries are passed over.
    ///
    /// - Parameter passwd: the bytes of `/etc/passwd`; nil when the image has none.
    public init(passwd: [UInt8]?) {
        var accounts: [Account] = []
        for line in (passwd ?? []).split(whereSeparator: { $0 == 0x0A }) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count >= 3, let uid = Int(String(decoding: fields[2], as: UTF8.self)) else { continue }
            accounts.append(Account(name: String(decoding: fields[0], as: UTF8.self), uid: uid))
        }
        self = .known(accounts)
    }

    /// The accounts that are known, in the order of the file.
    public var accounts: [Account] {
        switch self {
        case .known(let accounts), .partly(let accounts, _): accounts
        }
    }

    /// Whom a configuration's `User` means.
    public func resolve(_ user: String?) -> User {
        let text =
            (user ?? "").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
            ?? ""
        guard !(user ?? "").allSatisfy(\.isWhitespace) else { return .implicitRoot }
        // `:group` leaves the user out, which is root.
        let name = text.trimmed
        guard !name.isEmpty else { return .implicitRoot }
        if let uid = Self.number(name) {
            if uid == 0 { return .explicitRoot }
            // Beyond 2³¹ − 1 and below 0 a runtime refuses to start the container.
            return (1...Int(Int32.max)).contains(uid) ? .uid(uid) : .missing(name)
        }
        // What is called root is meant as root, even where the file calls it otherwise or has no entry.
        if name == "root" { return .explicitRoot }
        guard let account = accounts.first(where: { $0.name == name }) else {
            if case .partly(_, let reason) = self { return .undecided(reason) }
            return .missing(name)
        }
        return account.uid == 0 ? .rootByAnotherName(name) : .named(name, uid: account.uid)
    }

    /// A number as a runtime reads it: a sign and leading zeros allowed; what overflows is surely not 0.
    private static func number(_ text: String) -> Int? {
        var digits = Substring(text)
        if digits.first == "+" || digits.first == "-" { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let value = Int(digits) ?? Int.max
        return text.hasPrefix("-") ? -value : value
    }

    /// Whom a configuration's `User` means.
    public enum User: Sendable, Hashable {
        /// Nothing is set, and nothing means root.
        case implicitRoot
        /// Root by name or as 0.
        case explicitRoot
        /// A name whose number in `/etc/passwd` is 0.
        case rootByAnotherName(String)
        /// A number other than 0.
        case uid(Int)
        /// A name with its number.
        case named(String, uid: Int)
        /// A name that the image does not know.
        case missing(String)
        /// It cannot be said: why.
        case undecided(String)
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
