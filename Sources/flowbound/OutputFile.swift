import Foundation

/// A file that a report goes to. It is never half written: the text goes into a temporary file beside it, which takes its
/// place when it is whole. What is not a regular file (`/dev/stdout`, a pipe) is written directly.
struct OutputFile {
    /// Why a file cannot be written, as a sentence that names it.
    struct Problem: Error {
        let message: String

        init(_ path: String, _ reason: String) {
            message = "cannot write '\(path)': \(reason)"
        }

        /// With the system's reason.
        init(_ path: String, code: Int32) {
            self.init(path, String(cString: strerror(code)))
        }
    }

    /// As the user wrote it.
    let path: String
    /// The file itself, where the path is a link.
    let target: String
    let isSpecial: Bool
    /// Of the file that is replaced.
    private let permissions: mode_t?

    /// Checks that the file can be written, and leaves everything as it is.
    init(_ path: String) throws(Problem) {
        if path.isEmpty { throw Problem(path, "it has no name") }
        if path == "-" { throw Problem(path, "give a file name, or /dev/stdout for standard output") }
        self.path = path
        var status = stat()
        if stat(path, &status) == 0 {
            guard let real = realpath(path, nil) else { throw Problem(path, code: errno) }
            defer { free(real) }
            if status.st_mode & S_IFMT == S_IFDIR { throw Problem(path, "it is a directory") }
            if access(path, W_OK) != 0 { throw Problem(path, code: errno) }
            isSpecial = status.st_mode & S_IFMT != S_IFREG
            target = isSpecial ? path : String(cString: real)
            permissions = isSpecial ? nil : status.st_mode & 0o7777
        } else {
            let code = errno
            if code != ENOENT { throw Problem(path, code: code) }
            if lstat(path, &status) == 0 { throw Problem(path, "it is a link to nothing") }
            if path.hasSuffix("/") { throw Problem(path, "there is no such directory") }
            (target, isSpecial, permissions) = (path, false, nil)
        }
        if !isSpecial {
            let probe = try temporary()
            close(probe.descriptor)
            unlink(probe.path)
        }
    }

    func write(_ text: String) throws(Problem) {
        let stream = try OutputStream(self)
        try stream.write(text)
        try stream.finish()
    }

    /// Writes a file that does not exist yet; one that does stays as it is.
    static func create(_ path: String, _ text: String) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        if descriptor < 0 {
            let code = errno
            if code == EEXIST { throw Problem(path, "it exists already; give another name, or move it away") }
            if code == ENOENT, !path.isEmpty { throw Problem(path, "there is no such folder; make it first") }
            throw Problem(path, code: code)
        }
        let code = write(Array(text.utf8), to: descriptor)
        close(descriptor)
        if code != 0 { throw Problem(path, code: code) }
    }

    /// Adds to the end of a file at once: for a file that other programs add to.
    static func append(_ text: String, to path: String) throws(Problem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        if descriptor < 0 { throw Problem(path, code: errno) }
        let code = write(Array(text.utf8), to: descriptor)
        close(descriptor)
        if code != 0 { throw Problem(path, code: code) }
    }

    /// A new file in the folder of the target.
    func temporary() throws(Problem) -> (descriptor: Int32, path: String) {
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
        for number in 0..<100 {
            let path = "\(folder).flowbound-\(getpid())-\(number)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor >= 0 { return (descriptor, path) }
            if errno != EEXIST { throw Problem(self.path, code: errno) }
        }
        throw Problem(path, code: EEXIST)
    }

    /// Makes the file the target; 0, or the system's error.
    func complete(_ file: (descriptor: Int32, path: String)) -> Int32 {
        var code: Int32 = 0
        if let permissions, fchmod(file.descriptor, permissions) != 0 { code = errno }
        if code == 0, fsync(file.descriptor) != 0 { code = errno }
        if close(file.descriptor) != 0, code == 0 { code = errno }
        if code == 0, rename(file.path, target) != 0 { code = errno }
        if code != 0 { unlink(file.path) }
        return code
    }

    /// 0, or the system's error.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + written, bytes.count - written) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            written += count
        }
        return 0
    }
}

/// The system's `write`, which the methods of the same name would hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
