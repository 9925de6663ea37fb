public func htmlReport(of document: RunDocument) -> String { "" }
