// SPDX-License-Identifier: Apache-2.0
//
// What comes from a network, or runs a language's own programs, is never known. Where a command says which file it writes, only
// that file becomes unknown.

import Diagnostics
import ImageFilesystem
import OCISpec

/// Downloads, archives, and package managers of languages.
enum NetworkCommands: CommandFamily {
    static let models: [String: LegacyModel] = {
        var result: [String: LegacyModel] = [
            "curl": LegacyModel(.files, curl),
            "wget": LegacyModel(.files, wget),
            "git": LegacyModel(.files, git),
            "tar": LegacyModel(.files, tar),
            "unzip": LegacyModel(.files, unzip),
            "gzip": LegacyModel(.files) { $0.unknown("gzip changes files in a way that is not followed", .files) },
            "gunzip": LegacyModel(.files) { $0.unknown("gunzip changes files in a way that is not followed", .files) },
        ]
        let managers = [
            "pip", "pip3", "pipx", "uv", "poetry", "gem", "bundle", "bundler", "composer", "cargo", "go", "mvn",
            "gradle", "conda", "brew",
            "dotnet", "luarocks", "cpan", "cpanm", "rpm", "yum", "dnf", "microdnf", "zypper", "pacman",
        ]
        for name in managers {
            result[name] = LegacyModel(.packages) { context in
                if context.arguments.contains("--version") {
                    return context.unknown("the version of \(name) is not known", .output)
                }
                return context.unknown(
                    "\(name) \(context.arguments.first ?? "") installs packages in a way that is not followed",
                    .packages
                )
            }
        }
        return result
    }()

    /// Makes one file unknown, as a download or an unpacked text is.
    static func putUnknown(_ context: CommandContext, _ file: String, _ reason: String) throws(FileError) {
        let place = try context.execution.world.openFile(file, truncates: true)
        let unknown = Unknown(reason: reason, scope: Unknown.Scope(ofFileAt: place))
        context.execution.world.tree.update(at: place) { $0.kind = .file(.unknown(unknown)) }
        context.execution.world.note(reason, unknown.scope)
    }

    private static func lastName(_ url: String) -> String {
        let path = url.split(separator: "?").first.map(String.init) ?? url
        return path.split(separator: "/").last.map(String.init) ?? "index.html"
    }

    private static func curl(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "o,output= O,remote-name f,fail s,silent S,show-error L,location v,verbose k,insecure H,header= d,data= X,request= u,user= "
                + "A,user-agent= I,head G,get J,remote-header-name C,continue-at= x,proxy= retry= retry-delay= connect-timeout= "
                + "m,max-time= compressed proto= tlsv1.2 tlsv1.3 cacert= i,include fail-with-body retry-all-errors retry-connrefused "
                + "F,form= T,upload-file= b,cookie= c,cookie-jar= e,referer= w,write-out= version V create-dirs output-dir= Z n N g z= "
                + "4 6 #,progress-bar retry-max-time= data-binary= data-raw= http1.1 ssl-reqd no-progress-meter"
        )
        let url = options.operands.first ?? ""
        let reason = "curl fetches \(url) from a network: what comes is not known"
        do throws(FileError) {
            if let file = options.value("o"), file != "-" {
                try putUnknown(context, (options.value("output-dir").map { $0 + "/" } ?? "") + file, reason)
                return .unknown
            }
            if options.has("O") {
                for operand in options.operands { try putUnknown(context, lastName(operand), reason) }
                return .unknown
            }
        } catch {
            return context.fail("(23) Failure writing output to destination", code: 23)
        }
        return context.unknown(reason, .output)
    }

    private static func wget(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "O,output-document= P,directory-prefix= q,quiet v,verbose nv,no-verbose c,continue t,tries= T,timeout= S,server-response "
                + "no-check-certificate header= U,user-agent= r,recursive N,timestamping show-progress progress= i,input-file= "
                + "secure-protocol= https-only retry-connrefused waitretry= spider max-redirect= content-disposition n="
        )
        let url = options.operands.first ?? ""
        let reason = "wget fetches \(url) from a network: what comes is not known"
        if options.has("r") || options.has("i") { return context.unknown(reason, .files) }
        if options.has("spider") { return context.unknown(reason, .output) }
        do throws(FileError) {
            if let file = options.value("O") {
                guard file != "-" else { return context.unknown(reason, .output) }
                try putUnknown(context, file, reason)
                return .unknown
            }
            let folder = options.value("P").map { $0 + "/" } ?? ""
            for operand in options.operands { try putUnknown(context, folder + lastName(operand), reason) }
            return .unknown
        } catch {
            return context.fail("\(options.value("O") ?? lastName(url)): \(error.message)", code: 3)
        }
    }

    private static func git(_ context: CommandContext) -> Exit {
        let words = context.arguments.filter { !$0.hasPrefix("-") }
        let execution = context.execution
        switch words.first {
        case "clone":
            let url = words.count > 1 ? words[1] : ""
            var name = words.count > 2 ? words[words.count - 1] : lastName(url)
            if name.hasSuffix(".git") { name = String(name.dropLast(4)) }
            do throws(FileError) {
                let (path, node) = try execution.world.resolve(name)
                if node == nil { try execution.world.make(.directory, mode: 0o755, at: path) }
                execution.world.makeUncertain(path)
                execution.world.note("git clones \(url) from a network: what comes is not known", .files)
                return .unknown
            } catch {
                return context.fail("fatal: could not create work tree dir '\(name)': \(error.message)", code: 128)
            }
        case "config":
            if let home = execution.value(of: "HOME")?.string {
                execution.world.makeUncertain(ImagePath(home + "/.gitconfig"))
            }
            return .code(0)
        case "--version", "version", "status", "log", "rev-parse", "describe", "diff", "show", "ls-remote", "ls-files",
            "branch", nil:
            return context.unknown("what git prints is not known", .output)
        default:
            execution.world.makeUncertain(execution.world.workingDirectory)
            execution.world.note("git \(words.first ?? "") changes files in a way that is not followed", .files)
            return .unknown
        }
    }

    private static func tar(_ context: CommandContext) -> Exit {
        var words = context.arguments
        if let first = words.first, !first.hasPrefix("-") { words[0] = "-" + first }
        var folder: String?
        var archive: String?
        var extracts = false
        var lists = false
        var creates = false
        var index = 0
        while index < words.count {
            let word = words[index]
            index += 1
            if word.hasPrefix("--") {
                if word.hasPrefix("--directory=") { folder = String(word.dropFirst(12)) }
                if word.hasPrefix("--file=") { archive = String(word.dropFirst(7)) }
                if word == "--extract" || word == "--get" { extracts = true }
                if word == "--list" { lists = true }
                if word == "--create" { creates = true }
                if word == "--directory", index < words.count {
                    folder = words[index]
                    index += 1
                }
                if word == "--file", index < words.count {
                    archive = words[index]
                    index += 1
                }
            } else if word.hasPrefix("-") {
                var letters = word.unicodeScalars.dropFirst()
                while let letter = letters.popFirst() {
                    switch letter {
                    case "x": extracts = true
                    case "t": lists = true
                    case "c": creates = true
                    case "C", "f":
                        let value: String?
                        if !letters.isEmpty, index >= words.count {
                            value = String(String.UnicodeScalarView(letters))
                            letters = letters.dropFirst(letters.count)
                        } else {
                            value = index < words.count ? words[index] : nil
                            index += 1
                        }
                        if letter == "C" { folder = value } else { archive = value }
                    default: continue
                    }
                }
            }
        }
        let execution = context.execution
        if let archive, archive != "-", !creates {
            do throws(FileError) {
                _ = try execution.world.readFile(archive)
            } catch {
                if !execution.world.isUncertainMiss(archive, error) {
                    context.err(
                        "tar: \(archive): Cannot open: \(error.message)\ntar: Error is not recoverable: exiting now\n"
                    )
                    return .code(2)
                }
            }
        }
        if lists { return context.unknown("what an archive holds is not known", .output) }
        if creates {
            if let archive, archive != "-" {
                do throws(FileError) {
                    try putUnknown(context, archive, "the archive \(archive) that tar writes is not followed")
                    return .code(0)
                } catch {
                    context.err("tar: \(archive): Cannot open: \(error.message)\n")
                    return .code(2)
                }
            }
            context.out([], isUnknown: true)
            return .code(0)
        }
        guard extracts else { return context.unknown("this use of tar is not followed", .files) }
        _ = context.readInput()
        let target = folder ?? "."
        guard let (path, node) = try? execution.world.resolve(target), node?.isDirectory == true else {
            if execution.world.isUncertain(execution.world.path(target)) {
                return context.unknown("where tar unpacks is not known", .files)
            }
            context.err(
                "tar: \(target): Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n"
            )
            return .code(2)
        }
        execution.world.makeUncertain(path)
        execution.world.note(
            "tar unpacks an archive below \(path): what it holds is not known",
            path.isRoot ? .filesystem : .files
        )
        return .unknown
    }

    private static func unzip(_ context: CommandContext) -> Exit {
        let words = context.arguments
        var folder = "."
        if let index = words.firstIndex(of: "-d"), index + 1 < words.count { folder = words[index + 1] }
        let path = context.execution.world.path(folder)
        context.execution.world.makeUncertain(path)
        context.execution.world.note("unzip unpacks an archive below \(path): what it holds is not known", .files)
        return .unknown
    }
}
