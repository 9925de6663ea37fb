import Foundation

/// Cells with a heading per column, the first column aligned to the left and the others to the right.
struct Table {
    let headings: [String]
    private(set) var rows: [[String]] = []

    init(_ headings: [String]) {
        self.headings = headings
    }

    mutating func append(_ cells: [String]) {
        rows.append(cells)
    }

    var text: String {
        let widths = headings.indices.map { k in ([headings] + rows).map { $0[k].count }.max() ?? 0 }
        return ([headings] + rows).map { cells in
            cells.enumerated().map { k, cell in
                let space = String(repeating: " ", count: widths[k] - cell.count)
                return k == 0 ? cell + space : space + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    var markdown: String {
        let rule = headings.indices.map { $0 == 0 ? "---" : "---:" }
        return ([headings, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}

/// Three significant digits.
func nanoseconds(_ time: Double) -> String {
    String(format: time < 10 ? "%.2f" : time < 100 ? "%.1f" : "%.0f", time)
}

func ratio(_ value: Double) -> String {
    String(format: "%.2f", value)
}

extension Table {
    init(_ rows: [Row]) {
        self.init(["operation", "bits", "ours (ns)", "Arb", "MPFI", "ours/Arb", "ours/MPFI", "target", "width/Arb"])
        for row in rows {
            let target = (row.target?.description ?? "") + (row.misses ? " MISSED" : "")
            guard let width = row.width else {
                append([row.operation.rawValue, "\(row.bits)", "results disagree: not shown", "", "", "", "", target, ""])
                continue
            }
            append([
                row.operation.rawValue, "\(row.bits)", nanoseconds(row.time), nanoseconds(row.arbTime),
                nanoseconds(row.mpfiTime), ratio(row.time / row.arbTime), ratio(row.time / row.mpfiTime), target,
                ratio(width),
            ])
        }
    }

    init(_ rows: [ThreadRow]) {
        self.init(["operation", "balls", "bits", "one thread (ns)", "speed-up on two", "target"])
        for row in rows {
            append([
                row.operation.rawValue, row.tier.rawValue, "\(row.bits)", nanoseconds(row.time), ratio(row.speedUp),
                ">= \(ThreadRow.target)" + (row.speedUp < ThreadRow.target ? " MISSED" : ""),
            ])
        }
    }
}
