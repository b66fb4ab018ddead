internal import IPsec

/// What an SA was called at the gateway from where it came.
struct OldName {
    /// What it is called here.
    let identifier: SAIdentifier
    /// When the old name is forgotten; `nil` while the far end may still use it.
    var end: Duration?
}
