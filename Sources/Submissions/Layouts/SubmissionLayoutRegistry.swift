// SPDX-License-Identifier: Apache-2.0

/// The course sites whose downloads are read, a line each.
enum SubmissionLayoutRegistry {
    /// All of them; where two claim a name the first one has it.
    static let all: [any SubmissionLayout.Type] = [
        MoodleLayout.self,
        BlackboardLayout.self,
        GradescopeLayout.self,
        CanvasLayout.self,
        GitHubClassroomLayout.self,
    ]

    /// What the names in a folder say, each by the first site that knows it.
    static func claims(in folder: DownloadFolder) -> [String: LayoutClaim] {
        var claims: [String: LayoutClaim] = [:]
        for layout in all {
            for claim in layout.claims(in: folder) where claims[claim.entry] == nil { claims[claim.entry] = claim }
        }
        return claims
    }
}
