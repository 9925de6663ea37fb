import Checker
import Exact
import Foundation
import Reports

/// Answers one request per line of standard input, in order; every answer is written before the next line is waited for.
struct EvaluationLines {
    let defaults: EvaluationRequest

    /// What is wrong with a line, as a sentence without a full stop.
    private struct Malformed: Error {
        let sentence: String
    }

    func answerAll() {
        var input = LineInput()
        while let line = input.next() { Console.write(answer(line) + "\n") }
    }

    private func answer(_ line: LineInput.Line) -> String {
        guard case .text(let bytes) = line else {
            return error("this line is longer than \(LineInput.longest) bytes")
        }
        do throws(Malformed) {
            let request = try request(bytes)
            do throws(InvalidEvaluation) {
                let evaluation = try evaluate(request)
                let unused = evaluation.unusedNames.map { "the formula does not use '\($0)'" }
                let warnings = ([evaluation.shortfall].compactMap { $0 } + unused).joined(separator: "; ")
                return evaluation.document(warning: warnings.isEmpty ? nil : warnings)
            } catch {
                return self.error(error.sentence)
            }
        } catch {
            return self.error(error.sentence)
        }
    }

    private func error(_ sentence: String) -> String {
        JSONValue.object([("error", .string(sentence))]).line
    }

    // MARK: Requests

    private func request(_ bytes: [UInt8]) throws(Malformed) -> EvaluationRequest {
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { throw Malformed(sentence: "this line is empty") }
        guard let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] else {
            throw Malformed(sentence: #"this line is not a JSON object; write {"expr": "exp(x)", "with": {"x": ["0", "1/2"]}}"#)
        }
        let known = ["expr", "with", "bits", "tight"]
        if let unknown = object.keys.sorted().first(where: { !known.contains($0) }) {
            throw Malformed(sentence: "unknown key '\(unknown)'; the keys are \(known.joined(separator: ", "))")
        }
        guard let formula = object["expr"] as? String else { throw Malformed(sentence: #"'expr' is missing, or not a string"#) }
        var request = defaults
        request.formula = formula
        if let values = object["with"] { request.values = try self.values(values) }
        if let bits = object["bits"] { request.bits = try self.bits(bits) }
        if let tight = object["tight"] { request.tolerance = try tolerance(tight) }
        return request
    }

    private func values(_ values: Any) throws(Malformed) -> [(name: String, value: String)] {
        guard let values = values as? [String: Any] else {
            throw Malformed(sentence: #"'with' is not an object; write {"x": ["0", "1/2"], "y": "1/3"}"#)
        }
        var result: [(name: String, value: String)] = []
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if let point = value as? String {
                result.append((name, point))
            } else if let ends = value as? [String], ends.count == 2 {
                result.append((name, "[\(ends[0]), \(ends[1])]"))
            } else if value is NSNumber || (value as? [Any])?.contains(where: { $0 is NSNumber }) == true {
                throw Malformed(sentence: "the value of '\(name)' is a JSON number, which may have been rounded; write it in quotes")
            } else {
                throw Malformed(sentence: #"the value of '\#(name)' is neither a string nor two strings ["lo", "hi"]"#)
            }
        }
        return result
    }

    private func bits(_ value: Any) throws(Malformed) -> Int {
        let allowed = EvaluationRequest.bitsAllowed
        guard let bits = value as? Int, allowed.contains(bits) else {
            throw Malformed(sentence: "'bits' is not an integer from \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        return bits
    }

    private func tolerance(_ value: Any) throws(Malformed) -> Rational {
        guard let text = value as? String, let tolerance = Tolerance(argument: text) else {
            throw Malformed(sentence: #"'tight' is not a positive number in quotes; write "1e-20""#)
        }
        return tolerance.value
    }
}
