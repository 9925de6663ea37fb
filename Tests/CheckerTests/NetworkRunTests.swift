import Bounds
import Exact
import Testing

@testable import Checker

/// The whole run of a transformer of 132 parameters, against numbers from elsewhere.
struct NetworkRunTests {
    /// Values at times inside steps, from scripts/reference-trajectory: the extrapolated midpoint rule in 50 digits, two runs
    /// of which differ by less than 1e-19.
    private static let reference: [(at: String, quantity: String, value: String)] = [
        ("0.3125", "G(1)", "0.2113598986978520744296209"), ("0.3125", "G(3)", "-0.009714075175202065450662043"),
        ("0.3125", "loss", "0.5595866856351591059143196"), ("0.3125", "u[1]", "-0.2091476935385775527379327"),
        ("0.3125", "WV[3, 4]", "-0.04258414796642655504360442"), ("0.3125", "WK[6, 3]", "-0.00240696621923061726969769"),
        ("0.3125", "WQ[2, 1]", "0.002609756874427444719836889"),
        ("1.7", "G(1)", "1.150748006816306754186333"), ("1.7", "G(3)", "-0.7369463476814982152687893"),
        ("1.7", "loss", "0.2239027902587207813938782"), ("1.7", "u[1]", "-0.2461327284620234506287508"),
        ("1.7", "WV[3, 4]", "-0.1205807707323283483199933"), ("1.7", "WK[6, 3]", "-0.002305868362272575580971392"),
        ("1.7", "WQ[2, 1]", "0.002474456866340545564861323"),
        ("4.44", "G(1)", "2.379681877295213168558284"), ("4.44", "G(3)", "-1.746366830121173413355725"),
        ("4.44", "loss", "0.05368277116847306087358878"), ("4.44", "u[1]", "-0.3146208367927215120621964"),
        ("4.44", "WV[3, 4]", "-0.1979191124392609536628815"), ("4.44", "WK[6, 3]", "-0.002124156276070332393708442"),
        ("4.44", "WQ[2, 1]", "0.002218669465945584164330838"),
        ("7.9", "G(1)", "3.156422075007897769453866"), ("7.9", "G(3)", "-2.350853605788628748524469"),
        ("7.9", "loss", "0.02075084217243058084333166"), ("7.9", "u[1]", "-0.3532392599262230189231807"),
        ("7.9", "WV[3, 4]", "-0.2359171450143178812263049"), ("7.9", "WK[6, 3]", "-0.001990771837447400251491481"),
        ("7.9", "WQ[2, 1]", "0.002047470640702260436866525"),
    ]

    /// The reference is a number and not an enclosure: the tube's radius at 53 bits is 10^6 times its error.
    @Test func theTubeCoversAnIndependentTrajectory() async throws {
        let result = await verify(try Theorem(path: "theorems/cooccurrence/smoke.thm"))
        let instance = try #require(result.instances.first)
        #expect(instance.alarms.isEmpty)
        for (at, quantity, text) in Self.reference {
            let observation = try #require(
                instance.observations.first { $0.quantity == quantity && Rational(parsing: $0.at ?? "") == Rational(parsing: at) },
                "\(quantity) at \(at)")
            let value = try #require(Rational(parsing: text))
            #expect(
                encloses(observation.value, value),
                "\(quantity) at t = \(at): \(observation.value.sentence) misses \(text); .build/release/flowbound verify theorems/cooccurrence/smoke.thm --verbose"
            )
        }
    }

    /// Two tubes of one run hold the same solution, so their enclosures meet.
    @Test func moreBitsMeetFewerBits() async throws {
        let theorem = try Theorem(path: "theorems/cooccurrence/smoke.thm")
        func values(_ bits: Int) async throws -> [RationalInterval] {
            var options = VerificationOptions()
            options.bits = bits
            options.only = ["decrease"]
            return try #require(await verify(theorem, options: options).instances.first).observations.map(\.value)
        }
        let (few, many) = (try await values(53), try await values(96))
        #expect(few.count == many.count && few.count > Self.reference.count)
        for (a, b) in zip(few, many) {
            let (low, high) = (try #require(a.lower), try #require(a.upper))
            let (lower, upper) = (try #require(b.lower), try #require(b.upper))
            #expect(low <= upper && lower <= high, "\(a.sentence) at 53 bits, \(b.sentence) at 96 bits")
            #expect(upper - lower < high - low, "\(a.sentence) at 53 bits, \(b.sentence) at 96 bits")
        }
    }
}
