/// What is wrong in a file that a person wrote: where, what, and how to put it right.
package struct FileError: Error, Hashable, Sendable {
    /// The file's name as it was given.
    package let file: String
    /// From 1; `nil` when the whole file is meant.
    package let line: Int?
    /// In characters, from 1.
    package let column: Int?
    /// Without a full stop.
    package let problem: String
    /// One or more whole sentences.
    package let fix: String

    /// From its parts.
    package init(file: String, line: Int? = nil, column: Int? = nil, problem: String, fix: String) {
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
        self.fix = fix
    }
}

extension FileError: CustomStringConvertible {
    /// `FILE:LINE: problem. Fix.`
    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): \(problem). \(fix)"
    }
}
