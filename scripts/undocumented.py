"""Fails if a public declaration has no comment. Called by scripts/documentation with a folder of symbol graphs."""

import json
import sys
from pathlib import Path

# A case says what it is by its name and by the comment of its enumeration; an extension has none.
WITHOUT = {"swift.enum.case", "swift.extension"}

bare = []
for graph in sorted(Path(sys.argv[1]).rglob("*.symbols.json")):
    for symbol in json.loads(graph.read_text())["symbols"]:
        if symbol["kind"]["identifier"] not in WITHOUT and "docComment" not in symbol:
            bare.append(f"{graph.name.removesuffix('.symbols.json')}: {'.'.join(symbol['pathComponents'])}")
if bare:
    sys.exit("no comment:\n" + "\n".join(bare))
