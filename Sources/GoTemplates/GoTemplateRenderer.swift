// SPDX-License-Identifier: Apache-2.0

// Source: Go text/template, "Actions", "Arguments" and "Variables".

import JSONValues

/// Fills the nodes of a template.
struct GoTemplateRenderer {
    /// What came out so far.
    private(set) var output = ""
    private let root: JSONValue
    private var variables: [(name: String, value: JSONValue)] = []
    private var steps = 0

    /// Fields that are lists or maps in Go, so that nothing in them prints as an empty one.
    private static let lists: Set<String> = ["Env", "Cmd", "Entrypoint", "OnBuild", "Shell", "Layers", "RepoTags"]
    private static let maps: Set<String> = ["Labels", "Volumes", "ExposedPorts"]

    init(root: JSONValue) { self.root = root }

    /// Fills nodes with a value as their dot.
    mutating func render(_ nodes: [GoTemplate.Node], _ dot: JSONValue) throws {
        let scope = variables.count
        defer { variables.removeSubrange(scope...) }
        for node in nodes {
            steps += 1
            guard steps <= 1_000_000, output.utf8.count <= 64 << 20 else {
                throw GoTemplate.wrong("it comes to more than can be printed")
            }
            switch node {
            case .text(let text): output += text
            case .action(let pipeline):
                let result = try value(of: pipeline, dot)
                if pipeline.variables.isEmpty {
                    output += result == .null ? Self.emptyText(pipeline) : GoTemplateFunctions.text(of: result)
                }
            case .condition(let pipeline, let body, let otherwise):
                try scoped { renderer in
                    let isTrue = GoTemplateFunctions.isTrue(try renderer.value(of: pipeline, dot))
                    try renderer.render(isTrue ? body : otherwise, dot)
                }
            case .with(let pipeline, let body, let otherwise):
                try scoped { renderer in
                    let result = try renderer.value(of: pipeline, dot)
                    let isTrue = GoTemplateFunctions.isTrue(result)
                    try renderer.render(isTrue ? body : otherwise, isTrue ? result : dot)
                }
            case .range(let pipeline, let body, let otherwise):
                try scoped { try $0.range(pipeline, body, otherwise, dot) }
            }
        }
    }

    private mutating func scoped(_ body: (inout GoTemplateRenderer) throws -> Void) throws {
        let scope = variables.count
        try body(&self)
        variables.removeSubrange(scope...)
    }

    private mutating func range(
        _ pipeline: GoTemplate.Pipeline,
        _ body: [GoTemplate.Node],
        _ otherwise: [GoTemplate.Node],
        _ dot: JSONValue
    ) throws {
        var plain = pipeline
        plain.variables = []
        let elements: [(key: JSONValue, value: JSONValue)] =
            switch try value(of: plain, dot) {
            case .array(let elements): elements.enumerated().map { (.number(String($0.offset)), $0.element) }
            case .object(let object):
                object.members.sorted { $0.name < $1.name }.map { (.string($0.name), $0.value) }
            case .null: []
            default: throw GoTemplate.wrong("range takes a list or a map")
            }
        if elements.isEmpty { try render(otherwise, dot) }
        for element in elements {
            let scope = variables.count
            for (place, name) in pipeline.variables.enumerated() {
                let isKey = place == 0 && pipeline.variables.count == 2
                try keep(isKey ? element.key : element.value, in: name, declares: pipeline.declares)
            }
            try render(body, element.value)
            variables.removeSubrange(scope...)
        }
    }

    private mutating func keep(_ value: JSONValue, in name: String, declares: Bool) throws {
        if declares {
            variables.append((name, value))
        } else if let place = variables.lastIndex(where: { $0.name == name }) {
            variables[place].value = value
        } else {
            throw GoTemplate.wrong("there is no variable \(name)")
        }
    }

    private mutating func value(of pipeline: GoTemplate.Pipeline, _ dot: JSONValue) throws -> JSONValue {
        var result: JSONValue?
        for command in pipeline.commands {
            guard let first = command.first else { continue }
            guard case .function(let name) = first else {
                result = try value(first, dot)
                continue
            }
            let arguments = try command.dropFirst().map { try value($0, dot) }
            result = try GoTemplateFunctions.call(name, arguments + (result.map { [$0] } ?? []))
        }
        let outcome = result ?? .null
        for name in pipeline.variables { try keep(outcome, in: name, declares: pipeline.declares) }
        return outcome
    }

    private mutating func value(_ word: GoTemplate.Word, _ dot: JSONValue) throws -> JSONValue {
        switch word {
        case .dot: return dot
        case .literal(let value): return value
        case .variable("$"): return root
        case .variable(let name):
            guard let found = variables.last(where: { $0.name == name }) else {
                throw GoTemplate.wrong("there is no variable \(name)")
            }
            return found.value
        case .function(let name): return try GoTemplateFunctions.call(name, [])
        case .pipeline(let pipeline): return try value(of: pipeline, dot)
        case .fields(let base, let names):
            var found = try value(base, dot)
            var parent = ""
            for name in names {
                if found == .null { return .null }
                guard let next = found[name] else {
                    // A map has whatever one asks it for.
                    if Self.maps.contains(parent) { return .null }
                    throw GoTemplate.wrong("there is no field \(name)")
                }
                found = next
                parent = name
            }
            return found
        }
    }

    /// As Go prints a field that holds nothing.
    private static func emptyText(_ pipeline: GoTemplate.Pipeline) -> String {
        guard pipeline.commands.count == 1, let words = pipeline.commands.first, words.count == 1,
            case .fields(_, let names)? = words.first, let last = names.last
        else { return "<no value>" }
        if lists.contains(last) { return "[]" }
        return maps.contains(last) ? "map[]" : "<no value>"
    }
}
