/// The enclosures behind the plots, one row per side and sampled moment (RFC 4180, with line feeds): all values of the side
/// at the moment lie in [lo, hi]. An end that is not known is empty.
public func csvTable(of document: RunDocument) -> String {
    var out = "theorem,instance,claim,comparison,side,t,lo,hi\n"
    for theorem in document.theorems {
        for instance in theorem.instances {
            for obligation in instance.obligations {
                for (number, series) in (obligation.series ?? []).enumerated() {
                    let head = [theorem.id, instance.id, obligation.claim, String(number + 1)].map(field).joined(separator: ",")
                    for sample in series.samples {
                        var sides = [("left", sample.left)]
                        if series.right != nil { sides += [("right", sample.right), ("slack", sample.slack)] }
                        for (side, ends) in sides {
                            out += "\(head),\(side),\(field(sample.moment)),\(field(ends.lo ?? "")),\(field(ends.hi ?? ""))\n"
                        }
                    }
                }
            }
        }
    }
    return out
}

private func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) || $0.isNewline }) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
}
