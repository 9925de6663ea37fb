import ArgumentParser
import Reports

/// The command. No subcommand throws anything but an `ExitCode`: other errors would end with the status 1, which means
/// that a claim is refuted.
@main
struct Flowbound: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flowbound",
        abstract: "Verifies the inequalities that papers prove about training dynamics.",
        discussion: """
            A theorem file says what moves, from where, until when, and what is claimed about it. Every claim is decided \
            on every instance at all instants of the run, with guaranteed enclosures.

            Exit status: 0 all as expected, 1 a claim is refuted, 2 undecided or otherwise not as expected, \
            3 a theorem file is invalid, 64 wrong usage, 70 an error in Flowbound, 130 interrupted.

            To begin:

              flowbound init                 write a theorem file with comments
              flowbound verify theorem.thm   decide its claims
              flowbound explain E0301        what a message means, or a claim
              flowbound doctor               does it work here?

            A script that completes commands, files and claims in the shell is written by --generate-completion-script \
            bash, or zsh, or fish; README.md, 'Getting help', says where it goes.
            """,
        version: flowboundVersion,
        subcommands: [
            InitCommand.self, VerifyCommand.self, TestCommand.self, ListCommand.self, ExplainCommand.self,
            ReportCommand.self, EvaluateCommand.self, DoctorCommand.self,
        ])
}
