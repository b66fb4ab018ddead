/// The type of a message: 1 to 7 as RFC 4067 section 2.5 assigns them, the others our own.
///
/// The types from 8 on are **experimental**; 8 to 11 negotiate SAs anew, and belong to no transfer. RFC 4067 has no
/// capability query (RFC 4066 is a protocol of its own), its CTDR knows feature types rather than SAs and its S bit means
/// *received*, its CTC goes from nAR to pAR only, and nothing asks how a transfer ended, or tells a mobile node of its
/// new gateway.
package enum CXTPType: UInt8, Hashable, Sendable, CaseIterable {
    case activateRequest = 1
    case activateAcknowledge = 2
    case transferData = 3
    case predictiveTransferData = 4
    case transferDataReply = 5
    case transferCancel = 6
    case transferRequest = 7

    case keyShare = 8
    case keyAgreement = 9
    case keyUse = 10
    case renewal = 11
    case survey = 14
    case surveyed = 15

    case update = 12
    case updated = 13

    case query = 16
    case answer = 17
    case approved = 18
    case prepared = 19
    case settled = 20
    case redirected = 21
    case cancel = 22
    case inquire = 23
    case destroy = 24
    case destroyed = 25
    case release = 26
    case released = 27
    case quiesce = 28
    case closed = 29
    case refused = 30
    case path = 31

    /// Whether the type is one of ours.
    package var isExtension: Bool { rawValue >= 8 }

    /// Whether the bit beside V has a meaning: A, or S in CTDR. In every other type it is reserved.
    package var hasFlag: Bool {
        switch self {
        case .activateRequest, .transferData, .predictiveTransferData, .transferDataReply: true
        case .activateAcknowledge, .transferCancel, .transferRequest, .keyShare, .keyAgreement, .keyUse, .renewal,
            .update, .updated, .survey, .surveyed, .query, .answer, .approved, .prepared, .settled,
            .redirected, .cancel, .inquire, .destroy, .destroyed, .release, .released, .quiesce, .closed, .refused,
            .path:
            false
        }
    }
}
