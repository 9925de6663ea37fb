import Exact
import Syntax

extension SourceFile {
    func render(_ diagnostic: Diagnostic) -> String { "\(diagnostic.file): \(diagnostic.message)" }
}
extension Rational {
    init?(parsing text: String) { guard let n = Int(text) else { return nil }; self.init(n) }
}
func closestName(to name: String, in candidates: some Sequence<String>) -> String? { nil }
