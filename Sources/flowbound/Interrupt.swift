import Checker
import Dispatch
import Foundation
import Reports
import Synchronization

/// The first Ctrl-C asks the run to end and keeps what was decided; the second one ends the program at once.
final class Interrupt {
    let cancellation = Cancellation()
    private let requested: Flag
    private let source: any DispatchSourceSignal

    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    init() {
        let flag = Flag()
        let cancellation = cancellation
        // The default action would end the program before the source hears of the signal.
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global(qos: .userInitiated))
        source.setEventHandler {
            if flag.isSet.exchange(true, ordering: .sequentiallyConsistent) {
                _exit(ExitStatus.interrupted)
            }
            cancellation.cancel()
        }
        source.resume()
        requested = flag
        self.source = source
    }

    var isRequested: Bool { requested.isSet.load(ordering: .sequentiallyConsistent) }

    /// From here on Ctrl-C ends the program as it does any other.
    func end() {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
