// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit docs/attestations; Dockerfile reference, FROM and ARG.

public import OCISpec

extension Provenance {
    /// The image that a build began with, as far as its provenance tells.
    public enum BaseImage: Sendable, Hashable {
        /// An image; the digest is what its name resolved to, nil when no material says.
        case image(ImageReference, digest: Digest?)
        /// None: `FROM scratch`.
        case scratch
        /// It does not tell; the text says why.
        case unknown(String)
    }

    /// The base image of the stage that was built.
    ///
    /// With the Dockerfile at hand (mode max) its stages are followed from the target to an image, which is then looked up among
    /// the materials. Without it the only image among the materials that is neither frontend nor SBOM generator is the answer.
    public var baseImage: BaseImage {
        if let dockerfile = sources.first, !dockerfile.data.isEmpty {
            let stages = StageChain(dockerfile.data, arguments: arguments)
            switch stages.base(of: arguments["target"]) {
            case .scratch: return .scratch
            case .unknown(let why): return .unknown(why)
            case .image(let text):
                guard let reference = try? ImageReference(parsing: text) else {
                    return .unknown("the Dockerfile's base \"\(text)\" is not an image reference")
                }
                return .image(reference, digest: digest(of: reference))
            }
        }
        let images = materials.filter { material in
            guard let image = material.image else { return false }
            return !isTool(image.reference)
        }
        guard let only = images.first, let image = only.image else {
            return .unknown("no image stands among the materials")
        }
        guard images.count == 1 else {
            return .unknown("\(images.count) images stand among the materials and no Dockerfile tells them apart")
        }
        return .image(image.reference, digest: Self.sha256(only) ?? image.reference.digest)
    }

    private func digest(of reference: ImageReference) -> Digest? {
        let wanted = reference.withDefaultTag
        for material in materials {
            guard let image = material.image, image.reference.name == wanted.name else { continue }
            if image.reference.tag == wanted.tag || wanted.digest != nil && Self.sha256(material) == wanted.digest {
                return Self.sha256(material) ?? image.reference.digest
            }
        }
        return wanted.digest
    }

    /// Frontends and SBOM generators are listed among the materials as well.
    private func isTool(_ reference: ImageReference) -> Bool {
        let name = reference.familiarName
        if name == "docker/dockerfile" || name == "docker/dockerfile-upstream" { return true }
        if name == "docker/buildkit-syft-scanner" || name == "docker/scout-sbom-indexer" { return true }
        guard let source = arguments["source"], let frontend = try? ImageReference(parsing: source) else {
            return false
        }
        return frontend.name == reference.name
    }

    private static func sha256(_ material: Material) -> Digest? {
        material.digest["sha256"].flatMap { try? Digest(parsing: "sha256:" + $0) }
    }
}

/// The `FROM` lines of a Dockerfile and the arguments before them: all that is needed to find a stage's base image.
struct StageChain {
    enum Base: Equatable {
        case image(String), scratch
        case unknown(String)
    }

    private struct Stage {
        let name: String?
        let base: String
    }

    private var stages: [Stage] = []

    init(_ bytes: [UInt8], arguments: [String: String]) {
        var values: [String: String] = [:]
        for line in Self.logicalLines(bytes) {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let keyword = words.first?.uppercased() else { continue }
            if keyword == "ARG", stages.isEmpty {
                for word in words.dropFirst() {
                    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                        String.init
                    )
                    let fallback = parts.count == 2 ? Self.expand(Self.unquoted(parts[1]), values) : nil
                    values[parts[0]] = arguments["build-arg:" + parts[0]] ?? fallback
                }
            }
            guard keyword == "FROM" else { continue }
            let rest = words.dropFirst().filter { !$0.hasPrefix("--") }
            guard let written = rest.first else { continue }
            let parts = Array(rest)
            let name = parts.count >= 3 && parts[1].lowercased() == "as" ? parts[2].lowercased() : nil
            stages.append(Stage(name: name, base: Self.expand(Self.unquoted(written), values)))
        }
    }

    /// Follows stage names from the target (the last stage without one) to what is no stage.
    func base(of target: String?) -> Base {
        guard !stages.isEmpty else { return .unknown("the Dockerfile has no FROM") }
        var index = stages.count - 1
        if let target, !target.isEmpty {
            let wanted = target.lowercased()
            guard
                let found = stages.lastIndex(where: { $0.name == wanted })
                    ?? Int(target).flatMap({ stages.indices.contains($0) ? $0 : nil })
            else { return .unknown("the Dockerfile has no stage \"\(target)\"") }
            index = found
        }
        while true {
            let base = stages[index].base
            if base.isEmpty { return .unknown("the FROM of the stage names nothing") }
            // Only earlier stages count, and their names are lower case.
            guard let next = stages[..<index].lastIndex(where: { $0.name == base }) else {
                return base == "scratch" ? .scratch : .image(base)
            }
            index = next
        }
    }

    /// Lines with continuations joined, comments and heredoc bodies left out.
    private static func logicalLines(_ bytes: [UInt8]) -> [String] {
        var result: [String] = []
        var escape = UInt8(ascii: "\\")
        var current = ""
        var terminators: [String] = []
        var isDirective = true
        for raw in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var text = String(decoding: raw, as: UTF8.self)
            if text.hasSuffix("\r") { text.removeLast() }
            if let terminator = terminators.first {
                if text.drop(while: { $0 == "\t" }) == terminator { terminators.removeFirst() }
                continue
            }
            let trimmed = text.drop { $0 == " " || $0 == "\t" }
            if trimmed.hasPrefix("#") {
                let directive = trimmed.dropFirst().replacing(" ", with: "").lowercased()
                if isDirective, directive == "escape=`" { escape = UInt8(ascii: "`") }
                if !directive.contains("=") { isDirective = false }
                continue
            }
            isDirective = false
            if current.isEmpty == false, trimmed.isEmpty { continue }
            var line = String(trimmed)
            while line.hasSuffix(" ") || line.hasSuffix("\t") { line.removeLast() }
            if line.utf8.last == escape {
                line.removeLast()
                current += line + " "
                continue
            }
            result.append(current + line)
            terminators = heredocs(current + line)
            current = ""
        }
        if !current.isEmpty { result.append(current) }
        return result
    }

    /// The terminators of heredocs that a line opens.
    private static func heredocs(_ line: String) -> [String] {
        let keyword = line.prefix { $0 != " " && $0 != "\t" }.uppercased()
        guard ["RUN", "COPY", "ADD", "ONBUILD"].contains(keyword) else { return [] }
        return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { word in
            guard word.hasPrefix("<<"), !word.hasPrefix("<<<") else { return nil }
            let name = word.dropFirst(2).drop { $0 == "-" }.filter { $0 != "\"" && $0 != "'" }
            return name.isEmpty ? nil : String(name)
        }
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let first = text.first, first == "\"" || first == "'", text.last == first else {
            return text
        }
        return String(text.dropFirst().dropLast())
    }

    /// `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}`; an unknown name is empty.
    private static func expand(_ text: String, _ values: [String: String], depth: Int = 0) -> String {
        guard depth < 10 else { return text }
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            guard character == "$" else {
                result.append(character)
                continue
            }
            if rest.first == "{" {
                var level = 1
                var body = ""
                rest = rest.dropFirst()
                while let next = rest.first {
                    rest = rest.dropFirst()
                    if next == "{" { level += 1 }
                    if next == "}" {
                        level -= 1
                        if level == 0 { break }
                    }
                    body.append(next)
                }
                let name = String(body.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
                let modifier = body.dropFirst(name.count)
                let value = values[name] ?? ""
                if modifier.hasPrefix(":-") || modifier.hasPrefix("-") {
                    let word = String(modifier.drop { $0 == ":" }.dropFirst())
                    result += value.isEmpty ? expand(word, values, depth: depth + 1) : value
                } else if modifier.hasPrefix(":+") || modifier.hasPrefix("+") {
                    let word = String(modifier.drop { $0 == ":" }.dropFirst())
                    result += value.isEmpty ? "" : expand(word, values, depth: depth + 1)
                } else {
                    result += value
                }
            } else {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                rest = rest.dropFirst(name.count)
                result += values[String(name)] ?? ""
            }
        }
        return result
    }
}
