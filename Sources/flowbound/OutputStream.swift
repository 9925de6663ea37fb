import Foundation

/// Text that comes piece by piece. The file takes its place when the stream is finished; without that nothing is left
/// behind. What is not a regular file gets every piece at once.
final class OutputStream {
    private let output: OutputFile
    private let file: (descriptor: Int32, path: String)
    private var isOpen = true

    init(_ output: OutputFile) throws(OutputFile.Problem) {
        self.output = output
        if output.isSpecial {
            let descriptor = open(output.target, O_WRONLY | O_CLOEXEC)
            if descriptor < 0 { throw OutputFile.Problem(output.path, code: errno) }
            file = (descriptor, output.target)
        } else {
            file = try output.temporary()
        }
    }

    deinit { discard() }

    func write(_ text: String) throws(OutputFile.Problem) {
        let code = OutputFile.write(Array(text.utf8), to: file.descriptor)
        if code != 0 {
            discard()
            throw OutputFile.Problem(output.path, code: code)
        }
    }

    func finish() throws(OutputFile.Problem) {
        guard isOpen else { return }
        isOpen = false
        let code = output.isSpecial ? (close(file.descriptor) == 0 ? 0 : errno) : output.complete(file)
        if code != 0 { throw OutputFile.Problem(output.path, code: code) }
    }

    private func discard() {
        guard isOpen else { return }
        isOpen = false
        close(file.descriptor)
        if !output.isSpecial { unlink(file.path) }
    }
}
