import CGMP
import CMPFR

/// The versions of GMP and MPFR that the program runs with.
public enum LibraryVersions {
    public static var gmp: String { String(cString: __gmp_version) }
    public static var mpfr: String { String(cString: mpfr_get_version()) }
}
