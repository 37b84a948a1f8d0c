// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit docs/reference.md, "Understand how ARG and FROM interact";
// frontend/dockerfile/dockerfile2llb/convert.go.

/// What is known before the first stage: the platform's arguments and the `ARG` instructions above the first `FROM`.
///
/// `FROM` lines see it; a stage sees of it only what it declares again.
public struct GlobalScope: Sendable, Hashable {
    /// The values.
    public private(set) var values: [String: String]
    /// The names that an `ARG` declared, with or without value, in order.
    public private(set) var declared: [String] = []
    private var declaredNames: Set<String> = []
    /// What could not be expanded.
    public private(set) var errors: [SyntaxError] = []
    /// The build's parameters.
    public let parameters: BuildParameters

    /// Works through the instructions before the first `FROM`.
    public init(_ dockerfile: Dockerfile, _ parameters: BuildParameters) {
        self.parameters = parameters
        values = PredefinedArguments.platform(
            target: parameters.platform,
            build: parameters.buildPlatform,
            targetStage: parameters.target
        )
        for (name, value) in parameters.arguments where values[name] != nil { values[name] = value }
        let expander = dockerfile.expander
        var sizes = EnvironmentList()
        for instruction in dockerfile.instructions {
            if instruction.keyword == .from { break }
            guard case .arg(let arg) = instruction.content else { continue }
            for declaration in arg.declarations {
                do {
                    let name = try expander.expand(declaration.name.text, in: values).value
                    if declaredNames.insert(name).inserted { declared.append(name) }
                    if let given = parameters.arguments[name] {
                        values[name] = given
                    } else if let value = declaration.value {
                        let expanded = try expander.expand(value.text, in: values).value
                        try sizes.checkSize()
                        sizes.set(name, to: expanded)
                        values[name] = expanded
                    }
                } catch {
                    errors.append(SyntaxError(error.description, at: declaration.name.range))
                }
            }
        }
    }

    /// Whether a `FROM` line may ask for a name: it is predefined or declared, even without a value.
    public func isKnown(_ name: String) -> Bool { values[name] != nil || declaredNames.contains(name) }
}
