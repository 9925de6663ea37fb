import Foundation
import Reports

/// What `--github` tells GitHub Actions: annotations in the output of the step, and its summary.
struct WorkflowOutput {
    /// The file that the step's summary is added to; nil outside of a workflow.
    private let summary: String?
    private let workspace: String?

    /// Checks that the summary can be written.
    init() throws(OutputFile.Problem) {
        let environment = ProcessInfo.processInfo.environment
        summary = environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
        workspace = environment["GITHUB_WORKSPACE"].flatMap { $0.isEmpty ? nil : $0 }
        if let summary { try OutputFile.append("", to: summary) }
    }

    func annotations(of document: RunDocument) -> String {
        githubAnnotations(of: document, path: pathInRepository)
    }

    /// Returns whether the summary was written.
    func writeSummary(of document: RunDocument) -> Bool {
        guard let summary else { return true }
        do throws(OutputFile.Problem) {
            try OutputFile.append(githubSummary(of: document) + "\n", to: summary)
            return true
        } catch {
            Console.complain(error.message)
            return false
        }
    }

    /// Annotations name files from the top of the repository, wherever the step runs.
    private func pathInRepository(_ path: String) -> String {
        guard let workspace else { return path }
        let top = URL(fileURLWithPath: workspace).standardizedFileURL.path + "/"
        let full = URL(fileURLWithPath: path).standardizedFileURL.path
        return full.hasPrefix(top) ? String(full.dropFirst(top.count)) : path
    }
}
