// SPDX-License-Identifier: Apache-2.0

// Source: FIRST, CVSS v2.0 section 2, v3.1 section 6, v4.0 section 7: the metrics and their values.

extension CVSSVector.Version {
    /// The metrics that a base score needs.
    var mandatory: [String] {
        switch self {
        case .v2: ["AV", "AC", "Au", "C", "I", "A"]
        case .v30, .v31: ["AV", "AC", "PR", "UI", "S", "C", "I", "A"]
        case .v40: ["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"]
        }
    }

    /// The values that each metric may have.
    var metrics: [String: [String]] {
        switch self {
        case .v2: Self.metrics2
        case .v30, .v31: Self.metrics3
        case .v40: Self.metrics4
        }
    }

    private static func table(_ rows: String) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for row in rows.split(separator: " ") {
            let parts = row.split(separator: "=")
            guard parts.count == 2 else { continue }
            result[String(parts[0])] = parts[1].split(separator: ",").map(String.init)
        }
        return result
    }

    private static let metrics2 = table(
        """
        AV=L,A,N AC=H,M,L Au=M,S,N C=N,P,C I=N,P,C A=N,P,C E=U,POC,F,H,ND RL=OF,TF,W,U,ND RC=UC,UR,C,ND \
        CDP=N,L,LM,MH,H,ND TD=N,L,M,H,ND CR=L,M,H,ND IR=L,M,H,ND AR=L,M,H,ND
        """
    )
    private static let metrics3 = table(
        """
        AV=N,A,L,P AC=L,H PR=N,L,H UI=N,R S=U,C C=N,L,H I=N,L,H A=N,L,H E=X,H,F,P,U RL=X,U,W,T,O RC=X,C,R,U \
        CR=X,H,M,L IR=X,H,M,L AR=X,H,M,L MAV=X,N,A,L,P MAC=X,L,H MPR=X,N,L,H MUI=X,N,R MS=X,U,C MC=X,N,L,H \
        MI=X,N,L,H MA=X,N,L,H
        """
    )
    private static let metrics4 = table(
        """
        AV=N,A,L,P AC=L,H AT=N,P PR=N,L,H UI=N,P,A VC=H,L,N VI=H,L,N VA=H,L,N SC=H,L,N SI=H,L,N SA=H,L,N \
        E=X,A,P,U CR=X,H,M,L IR=X,H,M,L AR=X,H,M,L MAV=X,N,A,L,P MAC=X,L,H MAT=X,N,P MPR=X,N,L,H MUI=X,N,P,A \
        MVC=X,H,L,N MVI=X,H,L,N MVA=X,H,L,N MSC=X,H,L,N MSI=X,S,H,L,N MSA=X,S,H,L,N S=X,N,P AU=X,N,Y R=X,A,U,I \
        V=X,D,C RE=X,L,M,H U=X,Clear,Green,Amber,Red
        """
    )
}
