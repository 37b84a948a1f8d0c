// SPDX-License-Identifier: Apache-2.0
//
// Source: glibc manual, "Parsing Long Options with getopt_long".

/// The options and operands of a command line, read once by the program's own table.
public struct ParsedOptions: Sendable, Hashable {
    /// An option that is wrong.
    public enum Problem: Sendable, Hashable {
        case unknownLong(argument: String, body: String)
        case ambiguous(argument: String, body: String)
        case unexpectedValue(name: String)
        case unknownLetter(String)
        case longWithoutValue(argument: String, name: String)
        case letterWithoutValue(String)
    }

    /// An option as it was given.
    public struct Given: Sendable, Hashable {
        /// The option.
        public let option: CommandOption
        /// Its value; nil where it has none.
        public let value: String?

        /// Makes one, as a program has read it.
        public init(option: CommandOption, value: String?) {
            self.option = option
            self.value = value
        }
    }

    /// The options in order.
    public private(set) var given: [Given] = []
    /// What is no option.
    public private(set) var operands: [String] = []
    /// The first option that is wrong; what stands behind it was not read.
    public private(set) var problem: Problem?

    /// Nothing given.
    public init() {}

    /// What a program has read in a way of its own.
    public init(given: [Given], operands: [String]) {
        self.given = given
        self.operands = operands
    }

    /// Reads the words behind a program's name.
    public init(_ arguments: [String], _ table: OptionTable, flavor: ProgramFlavor) {
        let options = table.options.filter { $0.flavors.contains(flavor) }
        var index = 0
        while index < arguments.count, problem == nil {
            let argument = arguments[index]
            index += 1
            if argument == "--" {
                operands += arguments[index...]
                return
            }
            if argument.hasPrefix("--") {
                readLong(argument, options, arguments, &index)
            } else if argument.utf8.count > 1, argument.utf8.first == UInt8(ascii: "-") {
                readLetters(argument, options, arguments, &index)
            } else if table.stopsAtOperand {
                operands += arguments[(index - 1)...]
                return
            } else {
                operands.append(argument)
            }
        }
    }

    private mutating func readLong(
        _ argument: String,
        _ options: [CommandOption],
        _ arguments: [String],
        _ index: inout Int
    ) {
        let body = argument.dropFirst(2)
        let equals = body.firstIndex(of: "=")
        let name = String(body[..<(equals ?? body.endIndex)])
        var matches = options.filter { $0.spellings.contains { $0.utf8.count > 1 && $0 == name } }
        if matches.isEmpty {
            matches = options.filter { $0.spellings.contains { $0.utf8.count > 1 && $0.hasPrefix(name) } }
        }
        guard let option = matches.first, matches.count == 1 else {
            problem =
                matches.isEmpty
                ? .unknownLong(argument: argument, body: String(body))
                : .ambiguous(argument: argument, body: String(body))
            return
        }
        var value = equals.map { String(body[body.index(after: $0)...]) }
        if option.arity == .required, value == nil {
            guard index < arguments.count else {
                problem = .longWithoutValue(argument: argument, name: name)
                return
            }
            value = arguments[index]
            index += 1
        } else if option.arity == .none, value != nil {
            problem = .unexpectedValue(name: name)
            return
        }
        given.append(Given(option: option, value: value))
    }

    private mutating func readLetters(
        _ argument: String,
        _ options: [CommandOption],
        _ arguments: [String],
        _ index: inout Int
    ) {
        var rest = argument.unicodeScalars.dropFirst()
        while let letter = rest.popFirst() {
            let text = String(Character(letter))
            guard let option = options.first(where: { $0.spellings.contains(text) }) else {
                problem = .unknownLetter(text)
                return
            }
            switch option.arity {
            case .none: given.append(Given(option: option, value: nil))
            case .optional:
                given.append(Given(option: option, value: rest.isEmpty ? nil : String(rest)))
                return
            case .required:
                if rest.isEmpty {
                    guard index < arguments.count else {
                        problem = .letterWithoutValue(text)
                        return
                    }
                    given.append(Given(option: option, value: arguments[index]))
                    index += 1
                } else {
                    given.append(Given(option: option, value: String(rest)))
                }
                return
            }
        }
    }
}

extension ParsedOptions.Problem {
    /// What getopt_long says, and the program after its own name.
    public var gnuMessage: String {
        switch self {
        case .unknownLong(let argument, _): "unrecognized option '\(argument)'"
        case .ambiguous(let argument, _): "option '\(argument)' is ambiguous"
        case .unexpectedValue(let name): "option '--\(name)' doesn't allow an argument"
        case .unknownLetter(let letter): "invalid option -- '\(letter)'"
        case .longWithoutValue(let argument, _): "option '\(argument)' requires an argument"
        case .letterWithoutValue(let letter): "option requires an argument -- '\(letter)'"
        }
    }

    /// What BusyBox says.
    public var busyboxMessage: String {
        switch self {
        case .unknownLong(_, let body): "unrecognized option: \(body)"
        case .ambiguous(_, let body): "option is ambiguous: \(body)"
        case .unexpectedValue(let name): "option '--\(name)' doesn't allow an argument"
        case .unknownLetter(let letter): "unrecognized option: \(letter)"
        case .longWithoutValue(_, let name): "option requires an argument: \(name)"
        case .letterWithoutValue(let letter): "option requires an argument: \(letter)"
        }
    }

    /// Why a program fails that was given it.
    public func reason(_ call: Invocation) -> CommandFailure {
        .optionUnknown(option: option, program: call.name, isBusybox: call.isBusybox)
    }

    /// The option that is wrong, as it was typed.
    public var option: String {
        switch self {
        case .unknownLong(let argument, _), .ambiguous(let argument, _), .longWithoutValue(let argument, _): argument
        case .unexpectedValue(let name): "--\(name)"
        case .unknownLetter(let letter), .letterWithoutValue(let letter): "-\(letter)"
        }
    }
}
