"""Reads the reports of one run with the libraries that users read them with. Called by scripts/check-formats."""

import json
import os
import sys
from pathlib import Path

import jsonschema
import pandas
import sarif_pydantic
from junitparser import JUnitXml
from pydantic import BaseModel
from sarif import loader

folder = Path(sys.argv[1])


def check_document():
    document = json.loads((folder / "run.json").read_text())
    schema = json.loads(Path("docs/schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    return document


def check_junit(document):
    xml = JUnitXml.fromfile(str(folder / "junit.xml"))
    cases = [case for suite in xml for case in suite]
    kinds = [type(result).__name__ for case in cases for result in case.result]
    obligations = document["summary"]["obligations"]
    messages = sum(len(file["messages"]) for file in document["invalid"])
    # One claim is vacuous on both instances: skipped twice, and a failure of the file.
    assert len(cases) == obligations + messages + 1, (len(cases), obligations, messages)
    assert xml.tests == len(cases) and xml.errors == messages == kinds.count("Error"), kinds
    assert xml.failures == kinds.count("Failure") == 3, kinds
    assert xml.skipped == kinds.count("Skipped") == 2, kinds


# What SARIF 2.1.0 (OASIS) allows and requires of the objects that are written: a model may let unknown keys pass.
def closed(required, **properties):
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def many(items, **more):
    return {"type": "array", "items": items, **more}


TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed(["text"], text=TEXT)
RULE = closed(["id"], id=TEXT, shortDescription=MESSAGE, defaultConfiguration=closed([], level=LEVEL))
PLACE = closed(
    ["artifactLocation"],
    artifactLocation=closed(["uri"], uri={"type": "string", "format": "uri-reference"}),
    region=closed(["startLine"], startLine=COUNT, startColumn=COUNT),
)
LOCATION = closed([], physicalLocation=PLACE, logicalLocations=many(closed([], fullyQualifiedName=TEXT)))
RESULT = closed(
    ["message"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=MESSAGE,
    locations=many(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
)
INVOCATION = closed(
    ["executionSuccessful"], executionSuccessful={"type": "boolean"}, exitCode={"type": "integer"}, commandLine=TEXT
)
DRIVER = closed(["name"], name=TEXT, version=TEXT, rules=many(RULE, uniqueItems=True))
RUN = closed(
    ["tool"],
    tool=closed(["driver"], driver=DRIVER),
    invocations=many(INVOCATION),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=many(RESULT),
)
SARIF = closed(
    ["version", "runs"], **{"$schema": {"type": "string", "format": "uri"}}, version={"const": "2.1.0"}, runs=many(RUN)
)


# Of the standard (3.14.17 and 3.20.8), but not of the models.
NOT_MODELLED = {"columnKind", "exitCode"}


def unknown_keys(value, path="$"):
    """Keys that the models took without knowing them."""
    if isinstance(value, BaseModel):
        for key in (value.model_extra or {}).keys() - NOT_MODELLED:
            yield f"{path}.{key}"
        for name in type(value).model_fields:
            yield from unknown_keys(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from unknown_keys(item, f"{path}[{index}]")


def check_sarif(document):
    text = (folder / "run.sarif").read_text()
    jsonschema.validate(json.loads(text), SARIF, format_checker=jsonschema.FormatChecker())
    if official := os.environ.get("FLOWBOUND_SARIF_SCHEMA"):
        jsonschema.validate(json.loads(text), json.loads(Path(official).read_text()))
    log = sarif_pydantic.Sarif.model_validate_json(text)
    assert not list(unknown_keys(log)), list(unknown_keys(log))
    results = log.runs[0].results
    assert all(result.locations[0].physical_location.artifact_location.uri for result in results)
    report = loader.load_sarif_file(str(folder / "run.sarif"))
    counts = report.get_report().get_issue_type_histogram_for_severity("error")
    messages = sum(len(file["messages"]) for file in document["invalid"])
    assert sum(counts.values()) == messages + 3, counts


def check_enclosures():
    table = pandas.read_csv(folder / "run.csv")
    assert list(table.columns) == ["theorem", "instance", "claim", "comparison", "side", "t", "lo", "hi"]
    known = table.dropna()
    assert len(known) > 500 and (known.lo <= known.hi).all()
    assert table.t.dtype == "float64" and table.lo.dtype == "float64"
    assert set(table.side) == {"left", "right", "slack"}


run = check_document()
check_junit(run)
check_sarif(run)
check_enclosures()
