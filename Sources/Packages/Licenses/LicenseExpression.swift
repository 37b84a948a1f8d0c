// SPDX-License-Identifier: Apache-2.0

// Source: SPDX specification 3.0.1, annex "SPDX license expressions".

/// Under which licences something may be used.
///
/// Shape: ids of the SPDX list (letters compared without case), `+` right behind an id, `LicenseRef-…`,
/// `DocumentRef-…:LicenseRef-…`, `WITH` and an exception, `AND`, `OR` (all upper or all lower case), parentheses;
/// `+` binds strongest, then `WITH`, `AND`, `OR`. Held canonically: the list's spelling, deprecated ids replaced by what the
/// list says, nested lists of one operator flattened. Order and doubles stay as written.
public indirect enum LicenseExpression: Sendable, Hashable {
    /// A licence of the SPDX list; `orLater` is a `+` behind it.
    case license(id: String, orLater: Bool)
    /// A licence that the SPDX list does not have: `LicenseRef-` and `name`.
    case reference(document: String?, name: String)
    /// A licence with an exception: an id of the list, or `AdditionRef-…`.
    case with(LicenseExpression, exception: String)
    /// All of them apply.
    case and([LicenseExpression])
    /// One of them may be chosen.
    case or([LicenseExpression])

    /// Reads an expression strictly.
    ///
    /// - Throws: a `ValidationError`; `NONE` and `NOASSERTION` are field values, not expressions.
    public init(parsing text: String) throws(ValidationError) {
        var parser = LicenseExpressionParser(text)
        self = try parser.expression()
    }

    /// Joins several expressions that all apply, each once; nil when there is none.
    public static func all(of expressions: [LicenseExpression]) -> LicenseExpression? {
        guard case .and(let operands) = flattened(expressions, isAnd: true) else { return expressions.first }
        var seen: Set<LicenseExpression> = []
        let unique = operands.filter { seen.insert($0).inserted }
        return unique.count > 1 ? .and(unique) : unique.first
    }

    /// A list of one operator without lists of the same operator inside.
    static func flattened(_ operands: [LicenseExpression], isAnd: Bool) -> LicenseExpression {
        var result: [LicenseExpression] = []
        for operand in operands {
            switch operand {
            case .and(let inner) where isAnd: result += inner
            case .or(let inner) where !isAnd: result += inner
            default: result.append(operand)
            }
        }
        if result.count == 1, let only = result.first { return only }
        return isAnd ? .and(result) : .or(result)
    }

    /// The ids of the licences named, sorted, each once; references as `LicenseRef-…`.
    public var licenses: [String] {
        var ids: Set<String> = []
        collect(into: &ids)
        return ids.sorted()
    }

    private func collect(into ids: inout Set<String>) {
        switch self {
        case .license(let id, _): ids.insert(id)
        case .reference: ids.insert(description)
        case .with(let base, _): base.collect(into: &ids)
        case .and(let operands), .or(let operands): for operand in operands { operand.collect(into: &ids) }
        }
    }
}

extension LicenseExpression {
    /// Why a text is not a licence expression; offsets count bytes from 0.
    public enum ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        case empty
        case licenseUnknown(String, offset: Int)
        case exceptionUnknown(String, offset: Int)
        case operatorMissing(offset: Int)
        case operandMissing(offset: Int)
        case parenthesisMissing(offset: Int)
        case characterWrong(offset: Int)
        case referenceWrong(String, offset: Int)
        case tooDeep(offset: Int)

        /// One line: what is wrong and where.
        public var description: String {
            switch self {
            case .empty: "the licence expression is empty"
            case .licenseUnknown(let id, let offset): "\"\(id)\" at byte \(offset) is not in the SPDX licence list"
            case .exceptionUnknown(let id, let offset): "\"\(id)\" at byte \(offset) is not an SPDX licence exception"
            case .operatorMissing(let offset): "AND, OR or WITH is missing at byte \(offset)"
            case .operandMissing(let offset): "a licence is missing at byte \(offset)"
            case .parenthesisMissing(let offset): "a parenthesis is missing at byte \(offset)"
            case .characterWrong(let offset): "a character at byte \(offset) has no place in a licence expression"
            case .referenceWrong(let text, let offset): "\"\(text)\" at byte \(offset) is not a licence reference"
            case .tooDeep(let offset): "parentheses are nested too deeply at byte \(offset)"
            }
        }
    }
}

extension LicenseExpression: CustomStringConvertible {
    /// The canonical form, with only the parentheses that are needed.
    public var description: String {
        switch self {
        case .license(let id, let orLater): id + (orLater ? "+" : "")
        case .reference(let document, let name): (document.map { "DocumentRef-\($0):" } ?? "") + "LicenseRef-" + name
        case .with(let base, let exception): "\(base) WITH \(exception)"
        case .and(let operands):
            operands.map { operand in
                if case .or = operand { "(\(operand))" } else { operand.description }
            }.joined(separator: " AND ")
        case .or(let operands): operands.map(\.description).joined(separator: " OR ")
        }
    }
}
