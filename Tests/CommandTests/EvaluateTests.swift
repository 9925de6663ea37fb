import Foundation
import Testing

/// `flowbound evaluate`, as its users run it.
struct EvaluateTests {
    struct Answer: CustomTestStringConvertible {
        let arguments: [String]
        let output: String

        init(_ arguments: [String], _ output: String) {
            self.arguments = arguments
            self.output = output
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let answers: [Answer] = [
        Answer(["1/4"], "0.25"),
        Answer(["0.1 + 0.2"], "0.3"),
        Answer(["2^100"], "1.267650600228229401496703205376e30"),
        Answer(["1/3"], "[0.33333333333333333, 0.33333333333333334]"),
        Answer(["1/3", "--tight", "1e-30"], "[0.3333333333333333333333333333333, 0.3333333333333333333333333333334]"),
        Answer(["sqrt(16)"], "4"),
        Answer(["n^2 + x", "--with", "n=3,x=0x1.8p-3"], "9.1875"),
        Answer(["α + 1", "--with", "alpha=-1.5e-3"], "0.9985"),
        Answer(["sum(i in 1..n) x^i", "--with", "n=3", "--with", "x = 1/2"], "0.875"),
        Answer(["t + y", "--with", "t=max(1, 2), y=[1, 1]"], "3"),
        Answer(["x", "--with", "x=[-1, 1/2]"], "[-1, 0.5]"),
        Answer(["x*(1 - x)", "--with", "x=[0, 1]", "--tight", "1e-20"], "[0, 0.25]"),
        Answer(["x - x", "--with", "x=[0, 1]"], "0"),
        Answer(["sqrt(1 - x)", "--with", "x=[0, 1]"], "[0, 1]"),
        Answer(["exp(x)", "--with", "x=[0, 1]", "--tight", "1e-5", "--json"], #"{"lo": "1", "hi": "2.718282"}"#),
        Answer(["1/4", "--json"], #"{"lo": "0.25", "hi": "0.25"}"#),
        Answer(["max(2, 3) + relu(-1) + floor(5/2) + abs(-1)"], "6"),
        Answer(["--", "-1"], "-1"),
    ]

    @Test(arguments: answers)
    func theOutputIsTheAnswerAlone(answer: Answer) throws {
        let command = try Command.run(["evaluate"] + answer.arguments)
        #expect(command.status == 0, "\(command.errors)")
        #expect(command.output == answer.output + "\n")
        #expect(command.errors == "")
    }

    /// Values known to more digits than are asked for, whatever the last ones are rounded to.
    @Test(arguments: [
        (["exp(1)"], "2.71828182845904523536", 16), (["exp(1)", "--bits", "128"], "2.71828182845904523536028747135266249775724709", 37),
        (["pi", "--bits", "256"], "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899", 75),
        (["exp(1000)"], "1.97007111401704699388887935224332312531693798532384578995280299138506e434", 16),
        (["erf(1/2) + sigmoid(1)"], "1.251558456443036", 15), (["log1p(1e-30)", "--bits", "100"], "9.999999999999999999999999999995e-31", 28),
    ])
    func numbersAreEnclosedTightly(arguments: [String], value: String, digits: Int) throws {
        let command = try Command.run(["evaluate"] + arguments)
        let ends = command.output.trimmingCharacters(in: ["[", "]", "\n"]).components(separatedBy: ", ")
        #expect(ends.count == 2 && ends[0].prefix(digits) == value.prefix(digits), "\(command.output)\(command.errors)")
        #expect(command.status == 0)
    }

    @Test func aMonotoneFormulaIsSharpAtOnce() throws {
        let command = try Command.run(["evaluate", "exp(x) - x", "--with", "x=[0, 1/2]", "--tight", "1e-20"])
        #expect(command.output.contains("1.14872127070012814684"), "\(command.output)")
        #expect(command.output.hasPrefix("[1,") || command.output.hasPrefix("[0.99999999999999999999"), "\(command.output)")
        let box = try Command.run(["evaluate", "sin(x)*exp(-y)", "--with", "x=[0, 3], y=[0, 1]", "--tight", "1e-6"])
        #expect(box.output == "[0, 1.0000001]\n" || box.output == "[0, 1]\n", "\(box.output)")
    }

    struct Complaint: CustomTestStringConvertible {
        let arguments: [String]
        /// Lines of standard error.
        let pieces: [String]

        init(_ arguments: [String], _ pieces: String...) {
            self.arguments = arguments
            self.pieces = pieces
        }

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let complaints: [Complaint] = [
        Complaint(["log(-1)"], "formula:1:1: error E0407: log is defined for positive numbers only; its argument is in [-1, -1]", "    | ^^^^^^^"),
        Complaint(["2 + log(x)", "--with", "x=[-1, 1]"], "E0408", "its argument is in [-1, 1], which may leave the domain", "    |     ^^^^^^", "no bound follows"),
        Complaint(["log1p(-2)"], "log1p is defined for numbers above -1 only; its argument is in [-2, -2]"),
        Complaint(["sqrt(x)", "--with", "x=[-2, -1]"], "sqrt is defined for numbers >= 0 only; its argument is in [-2, -1]"),
        Complaint(["(0 - x)^(1/3)", "--with", "x=[1, 2]"], "the power 1/3 is defined for numbers >= 0 only"),
        Complaint(["1/0"], "E0407: division by zero"),
        Complaint(["1/x + 3", "--with", "x=[-1, 1]"], "the divisor is in [-1, 1], which contains 0", "  1 | 1/x + 3\n    | ^^^"),
        Complaint(["floor(x)", "--with", "x=[0, 2]"], "floor is not decided: its argument is in [0, 2]"),
        Complaint(["if log(-1) < 0 then 1 else 2"], "log is defined for positive numbers only"),
        Complaint(["if x < 1 then 1 else log(-x)", "--with", "x=[0, 2]"], "in a branch that may be needed"),
        Complaint(["if x < 3 then 1/y else log(-x)", "--with", "x=[0, 2], y=[-1, 1]"], "the divisor is in [-1, 1], which contains 0"),
        Complaint(["1 + exp(10^30)"], "E0409: this number, or one on the way to it, is too large to represent", "    |     ^^^^^^^^^^"),
        Complaint(["2^(10^9)"], "E0409"),
        Complaint(["10^99999999999"], "E0409"),
        Complaint(["1e100001"], "E0105: the exponent of this number is beyond 100000"),
        Complaint(["2^x", "--with", "x=1e30"], "E0409"),
        Complaint(["x + yy", "--with", "x=1, yyy=2"], "formula:1:5: error E0301: 'yy' has no value", "= did you mean 'yyy'? given: x, yyy"),
        Complaint(["t"], "'t' has no value", "no name is given a value"),
        Complaint(["epx(1)"], "unknown name 'epx'", "did you mean 'exp'?"),
        Complaint(["1 +"], "E0203: expected an expression, found the end of the formula"),
        Complaint([" "], "expected a formula, found nothing"),
        Complaint(["2 x", "--with", "x=1"], "expected the end of the formula, found 'x'"),
        Complaint(["x--1", "--with", "x=1"], "'--' starts a comment, not a difference", "write a - (-b), or a + b"),
        Complaint(["x < 1", "--with", "x=1"], "expected a number, found a condition", "write indicator(x < 1)"),
        Complaint(["exp(1, 2)"], "E0404"),
        Complaint(["norm(1)"], "expected an array, found a number"),
        Complaint(["sum(x in 1..3) x", "--with", "x=1"], "'x' is already given a value"),
        Complaint(["x", "--with", "x=[2, 1]"], "value of x:1:1: error E0410: the lower end of this interval is above the upper one"),
        Complaint(["x", "--with", "x=[1]"], "an interval has two ends", "write [lo, hi], as [0, 1/2]"),
        Complaint(["x", "--with", "x=[0, 1, 2]"], "an interval has two ends"),
        Complaint(["x", "--with", "x=[0, log(-1)]"], "this end of the interval has no value"),
        Complaint(["x", "--with", "x=y"], "value of x:1:1: error E0301: 'y' has no value"),
        Complaint(["x", "--with", "x=1, x=2"], "'x' is given twice"),
        Complaint(["x", "--with", "pi=1"], "'pi' is a word of the language"),
        Complaint(["x", "--with", "2x=1"], "name:1:2: error E0202"),
        Complaint(["x", "--with", "x+1=1"], "this is not a name"),
        Complaint(["sqrt(x - x^2)", "--with", "x=[0, 1]", "--tight", "1e-3"], "which may leave the domain"),
    ]

    @Test(arguments: complaints)
    func whatHasNoEnclosureIs3(complaint: Complaint) throws {
        let command = try Command.run(["evaluate"] + complaint.arguments)
        #expect(command.status == 3, "\(command.output)\(command.errors)")
        #expect(command.output == "")
        for piece in complaint.pieces { #expect(command.errors.contains(piece), "\(piece)\n\(command.errors)") }
    }

    @Test(arguments: [
        ["1", "--bits", "1"], ["1", "--bits", "1000001"], ["1", "--bits", "many"], ["1", "--tight", "0"], ["1", "--tight", "-1"],
        ["1", "--tight", "x"], ["1", "--tight", "1e-999999"], ["1", "--with", "x"], ["1", "--with", "x="], ["1", "--with", "=1"],
        ["1", "--timeout", "0"], ["1", "2"], [], ["1", "--lines"], ["--lines", "--json"], ["--lines", "--with", "x=1"],
    ])
    func wrongUsageOfEvaluateIs64(arguments: [String]) throws {
        let command = try Command.run(["evaluate"] + arguments)
        #expect(command.status == 64, "\(arguments)")
        #expect(command.output == "")
        #expect(!command.errors.isEmpty)
    }

    @Test func aNameThatIsNotUsedIsAWarning() throws {
        let command = try Command.run(["evaluate", "x", "--with", "x=1,z=2"])
        #expect(command.status == 0)
        #expect(command.output == "1\n")
        #expect(command.errors == "flowbound: warning: the formula does not use 'z'\n")
    }

    @Test func aToleranceThatIsNotReachedIs2WithTheBestEnclosure() throws {
        let command = try Command.run(["evaluate", "if sqrt(2)*sqrt(3) <= sqrt(6) then 0 else 1", "--tight", "1e-9"])
        #expect(command.status == 2)
        #expect(command.output == "[0, 1]\n")
        #expect(command.errors.contains("the tolerance was not reached with 1048576 bits"), "\(command.errors)")
        // A circle of least points: no bisection isolates them.
        let circle = ["evaluate", "abs(x^2 + y^2 - 1)", "--with", "x=[-2, 2], y=[-2, 2]", "--tight", "1e-15", "--timeout", "1"]
        let late = try Command.run(circle)
        #expect(late.status == 2 || late.status == 0, "\(late.output)\(late.errors)")
        if late.status == 2 { #expect(late.errors.contains("the tolerance was not reached with"), "\(late.errors)") }
    }
}
