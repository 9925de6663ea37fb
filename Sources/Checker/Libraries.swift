import Arithmetic

/// What computes below the enclosures, for the record.
public var arithmeticLibraries: [(name: String, version: String)] {
    [("GMP", LibraryVersions.gmp), ("MPFR", LibraryVersions.mpfr)]
}
