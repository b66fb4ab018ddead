/// Whether something has happened, told from one task to another.
actor Mark {
    private(set) var isSet = false

    func set() { isSet = true }
}
