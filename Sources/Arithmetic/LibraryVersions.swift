import CGMP
import CMPFR

/// The versions of GMP and MPFR that the program runs with.
public enum LibraryVersions {
    /// `6.2.1`
    public static var gmp: String { String(cString: __gmp_version) }
    /// `4.2.0`
    public static var mpfr: String { String(cString: mpfr_get_version()) }
}
