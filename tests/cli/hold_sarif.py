# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold SARIF against its schema, and what a schema cannot tell against itself:
hold_sarif.py SCHEMA.json.gz FILE.sarif. Loads it into the object model of
sarif_om, too. Prints what it has: one line for each notification and result."""
import gzip
import json
import re
import sys

import jsonschema
import sarif_om

URI = re.compile(r"(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+")

# Where the object model is older than the schema: its names.
RENAMED = {("Suppression", "status"): "state"}

# Of which class the members of a class are; the rest are plain values.
MODEL = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "invocations": "Invocation", "results": "Result",
            "artifacts": "Artifact"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {"shortDescription": "MultiformatMessageString",
                            "help": "MultiformatMessageString"},
    "Invocation": {"toolConfigurationNotifications": "Notification",
                   "toolExecutionNotifications": "Notification"},
    "Notification": {"message": "Message", "locations": "Location"},
    "Artifact": {"location": "ArtifactLocation"},
    "Result": {"message": "Message", "locations": "Location",
               "relatedLocations": "Location", "stacks": "Stack",
               "suppressions": "Suppression"},
    "Suppression": {"location": "Location"},
    "Stack": {"message": "Message", "frames": "StackFrame"},
    "StackFrame": {"location": "Location"},
    "Location": {"physicalLocation": "PhysicalLocation",
                 "logicalLocations": "LogicalLocation", "message": "Message"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation",
                         "region": "Region"},
}


def hold(what, fits):
    if not fits:
        sys.exit(f"this does not hold: {what}")


def load(name, value):
    """An object of sarif_om, which refuses members that it does not know."""
    if isinstance(value, list):
        return [load(name, one) for one in value]
    kind = getattr(sarif_om, name)
    names = {field.metadata["schema_property_name"]: field.name
             for field in kind.__attrs_attrs__}
    known = {}
    for member, inner in value.items():
        inside = MODEL.get(name, {}).get(member)
        member = RENAMED.get((name, member), member)
        hold(f"sarif_om knows {name}.{member}", member in names)
        known[names[member]] = load(inside, inner) if inside else inner
    return kind(**known)


def objects(value):
    """All objects of a document."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else []:
        yield from objects(inner)


def hold_uris(document):
    run = document["runs"][0]
    for one in objects(document):
        if "uri" in one:
            hold(f"{one['uri']} is a URI", URI.fullmatch(one["uri"]))
        if "uriBaseId" in one:
            hold(f"{one['uriBaseId']} is told",
                 one["uriBaseId"] in run["originalUriBaseIds"])


def place_of(location):
    physical = location.physical_location
    if not physical:
        return "nowhere"
    line = physical.region.start_line if physical.region else None
    uri = physical.artifact_location.uri
    return f"{uri}:{line}" if line else uri


def show(run):
    for invocation in run.invocations:
        for kind in ("execution", "configuration"):
            for one in getattr(invocation, f"tool_{kind}_notifications"):
                print(f"{one.level}: {one.message.text}")
    told = any(result.suppressions for result in run.results)
    for result in run.results:
        rule = run.tool.driver.rules[result.rule_index]
        hold(f"{result.rule_id} has its index", rule.id == result.rule_id)
        hold("all results tell suppressions where one is suppressed",
             (result.suppressions is not None) == told)
        hold("each result has a place", result.locations)
        hold("a fingerprint is 16 digits", re.fullmatch(
            "[0-9a-f]{16}", result.partial_fingerprints["pageowl/v1"]))
        state = "suppressed" if result.suppressions else result.level
        frames = result.stacks[0].frames if result.stacks else []
        print(f"{result.rule_id}, {state}, {place_of(result.locations[0])}, "
              f"{len(frames)} frames: {result.message.text}")
    print(f"results: {len(run.results)}")


def main():
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        document = json.load(file)
    jsonschema.Draft4Validator.check_schema(schema)
    jsonschema.Draft4Validator(schema).validate(document)
    hold_uris(document)
    show(load("SarifLog", document).runs[0])


main()
