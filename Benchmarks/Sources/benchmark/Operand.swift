import Arithmetic
import Exact

enum OperandKind {
    case signed, positive
    /// a_k is about 2^-k.
    case series
}

/// A ball in the form that all sides are given: +-0.limbs * 2^exponent with the radius `radius` * 2^radiusExponent.
struct Operand {
    let limbs: [UInt64]
    let isNegative: Bool
    let exponent: Int
    let radius: UInt
    let radiusExponent: Int

    /// A mantissa of full width, a magnitude of 2^-3 to 2^2, and a radius of 1/2 to 2 units in the last place.
    init(_ kind: OperandKind, position k: Int, bits: Int, using random: inout SplitMix64) {
        var limbs = (0..<(bits + 63) / 64).map { _ in random.next() }
        limbs[limbs.count - 1] |= 1 << 63
        limbs[0] &= ~0 << UInt64(64 * limbs.count - bits)
        self.limbs = limbs
        isNegative = random.next() & 1 == 1 && kind != .positive
        exponent = Int(random.next() % 5) - 2 - (kind == .series ? k : 0)
        radius = UInt(random.next() % 384) + 128
        radiusExponent = exponent - bits - 8
    }

    /// The same operands for an operation in every run.
    static func blocks(_ operation: Operation, bits: Int) -> [Block: [Operand]] {
        var random = SplitMix64(seed: UInt64(bits))
        var blocks: [Block: [Operand]] = [:]
        for block in Block.allCases {
            blocks[block] = (0..<operation.size).map {
                Operand(operation.operands, position: $0, bits: bits, using: &random)
            }
        }
        return blocks
    }

    /// The ball, exactly: the mantissa has at most `bits` bits, and the radius 9.
    func element<E: Enclosure>(bits: Int) -> E {
        let half = Rational.powerOfTwo(32)
        let integer = limbs.reversed().reduce(Rational.zero) {
            ($0 * half + Rational(Int($1 >> 32))) * half + Rational(Int($1 & 0xFFFF_FFFF))
        }
        let value = integer * Rational.powerOfTwo(exponent - 64 * limbs.count)
        return E(isNegative ? -value : value, bits: bits)
            .widened(by: Magnitude(Double(radius)).scaled(byPowerOfTwo: radiusExponent))
    }
}

struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
