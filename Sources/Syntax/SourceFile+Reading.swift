#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The system's `read`, which the method of the same name would hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

/// Why a file could not be read.
public enum SourceFileError: Error, Hashable, Sendable {
    case missing(path: String)
    case directory(path: String)
    /// With the reason that the system gives.
    case unreadable(path: String, reason: String)
    case tooLarge(path: String)

    /// The sentence for people.
    public var message: String {
        switch self {
        case .missing(let path): "cannot read \"\(path)\": there is no such file"
        case .directory(let path): "cannot read \"\(path)\": it is a directory"
        case .unreadable(let path, let reason): "cannot read \"\(path)\": \(reason)"
        case .tooLarge(let path): "cannot read \"\(path)\": it is larger than 16 MiB"
        }
    }

    /// What to do; nil where only the user can know.
    public var remedy: String? {
        switch self {
        case .missing, .unreadable: nil
        case .directory: "name a .thm file in it"
        case .tooLarge: "move its tables into files of their own: X = table \"file.csv\""
        }
    }
}

extension SourceFile {
    /// Largest theorem file, in bytes.
    public static let largestSize = 16 << 20

    /// Reads a file. Text that is not UTF-8, and an empty file, are left to ``parse(_:)``, which can say where.
    /// - Parameter name: what messages call the file; its path, if nil.
    public static func read(path: String, name: String? = nil) -> Result<SourceFile, SourceFileError> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(systemError(path)) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(systemError(path)) }
        if status.st_mode & S_IFMT == S_IFDIR { return .failure(.directory(path: path)) }

        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= largestSize {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(systemError(path))
            }
            if count == 0 { return .success(SourceFile(name: name ?? path, utf8: bytes)) }
            bytes += buffer[..<count]
        }
        return .failure(.tooLarge(path: path))
    }

    private static func systemError(_ path: String) -> SourceFileError {
        let code = errno
        if code == ENOENT || code == ENOTDIR { return .missing(path: path) }
        return .unreadable(path: path, reason: String(cString: strerror(code)))
    }
}
