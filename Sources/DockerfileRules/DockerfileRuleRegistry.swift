// SPDX-License-Identifier: Apache-2.0

/// The rules, a line each. What several find at one place stands in this order.
enum DockerfileRuleRegistry {
    static let all: [any DockerfileRule.Type] = [
        NoEmptyContinuation.self,
        MaintainerDeprecated.self,
        LegacyKeyValueFormat.self,
        StageNameCasing.self,
        ReservedStageName.self,
        DuplicateStageName.self,
        InvalidDefinitionDescription.self,
        ConsistentInstructionCasing.self,
        FromAsCasing.self,
        UndefinedArgInFrom.self,
        InvalidDefaultArgInFrom.self,
        RedundantTargetPlatform.self,
        FromPlatformFlagConstDisallowed.self,
        SecretsUsedInArgOrEnv.self,
        UndefinedVar.self,
        CopyIgnoredFile.self,
        WorkdirRelativePath.self,
        ExposeProtoCasing.self,
        ExposeInvalidFormat.self,
        JSONArgsRecommended.self,
        MultipleInstructionsDisallowed.self,
    ]
}
