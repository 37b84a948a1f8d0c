// SPDX-License-Identifier: Apache-2.0

/// Where a failure lies: a thing that a person can look at, and where in it.
///
/// Shape of the text: the thing's name, then `:line`, `:line:column` or `, character offset` where they are known.
public struct Place: Sendable, Hashable {
    /// What to look at.
    public let subject: Subject
    /// The line, from 1; nil when the place is the whole of it.
    public let line: Int?
    /// The column in UTF-8 bytes, from 1; nil when the place is the whole line.
    public let column: Int?
    /// The offset in characters from 0, where no line is known.
    public let offset: Int?

    private init(_ subject: Subject, line: Int? = nil, column: Int? = nil, offset: Int? = nil) {
        self.subject = subject
        self.line = line
        self.column = column
        self.offset = offset
    }
}

extension Place {
    /// The things that a failure may lie in.
    public indirect enum Subject: Sendable, Hashable {
        /// A file or folder of this machine, as the user named it or as a whole path.
        case file(String)
        /// A member of an archive or a file of an image or build context, and the archive where it is known.
        case entry(String, archive: String?)
        /// A layer, counted from 1, of an image that stands at a place.
        case layer(Int, image: Place)
        /// An image: a reference, a digest, or what somebody wrote for one.
        case reference(String)
        /// A word of the command line, with its value where that is what is wrong.
        case option(String)
        /// Bytes that have no name of their own, such as standard input.
        case stream(String)
        /// Anything else that has a name: a lesson, a record, a policy.
        case name(String)
    }

    /// A file or folder, and where in it.
    public static func file(_ path: String, line: Int? = nil, column: Int? = nil) -> Place {
        Place(.file(path), line: line, column: line == nil ? nil : column)
    }

    /// A file, and the position in it when there is one.
    public static func file(_ path: String, _ position: SourcePosition?) -> Place {
        Place(.file(path), line: position?.line, column: position?.column)
    }

    /// A file, and how many characters stand in front.
    public static func file(_ path: String, offset: Int) -> Place { Place(.file(path), offset: offset) }

    /// A member of an archive, image or build context.
    public static func entry(_ path: String, of archive: String? = nil) -> Place {
        Place(.entry(path, archive: archive))
    }

    /// A layer of an image, the lowest is 1.
    public static func layer(_ number: Int, of image: Place) -> Place {
        Place(.layer(number, image: image))
    }

    /// An image, by what is written for it.
    public static func reference(_ text: String) -> Place { Place(.reference(text)) }

    /// A word of the command line.
    public static func option(_ text: String) -> Place { Place(.option(text)) }

    /// Bytes without a name, by what they are.
    public static func stream(_ what: String) -> Place { Place(.stream(what)) }

    /// A named thing that is neither file nor image.
    public static func name(_ name: String) -> Place { Place(.name(name)) }
}

extension Place {
    /// The file or folder; nil when it is something else.
    public var file: String? { if case .file(let path) = subject { path } else { nil } }

    /// The same place, its file under another name; also that of an image whose layer it is.
    public func mappingFile(_ rename: (String) -> String) -> Place {
        let renamed: Subject =
            switch subject {
            case .file(let path): .file(rename(path))
            case .layer(let number, let image): .layer(number, image: image.mappingFile(rename))
            case .entry, .reference, .option, .stream, .name: subject
            }
        return Place(renamed, line: line, column: column, offset: offset)
    }

    /// The position; nil when no line is known.
    public var position: SourcePosition? { line.map { SourcePosition(line: $0, column: column ?? 1) } }
}

extension Place: CustomStringConvertible {
    /// The place as it is printed. Of a member of an archive it is the member alone: what was handed over is known.
    public var description: String {
        var text: String
        switch subject {
        case .file(let name), .entry(let name, _), .reference(let name), .option(let name), .stream(let name),
            .name(let name):
            text = name
        case .layer(let number, let image): text = "\(image), layer \(number)"
        }
        if let line { text += ":\(line)" }
        if let column { text += ":\(column)" }
        if let offset { text += ", character \(offset)" }
        return text
    }
}
