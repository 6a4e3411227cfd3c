# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold JUnit XML against itself: hold_junit.py FILE.xml. Reads and merges it
with junitparser, and Python's own parser. Prints a line for each case."""
import sys
import xml.etree.ElementTree
from collections import Counter

import junitparser

TAGS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def hold(what, fits):
    if not fits:
        sys.exit(f"this does not hold: {what}")


def hold_counts(element):
    cases = element.findall(".//testcase")
    hold("tests are counted", int(element.get("tests")) == len(cases))
    for name, tag in TAGS.items():
        count = sum(case.find(tag) is not None for case in cases)
        hold(f"{name} are counted", int(element.get(name)) == count)


def hold_names(element):
    names = Counter((case.get("classname"), case.get("name"))
                    for case in element.findall(".//testcase"))
    for name, count in names.items():
        hold(f"{name} is one case", count == 1)


def show(case):
    results = case.result if isinstance(case.result, list) else [case.result]
    where = case._elem.get("file")
    line = case._elem.get("line")
    where = f" at {where}:{line}" if where else ""
    told = [f"{type(one).__name__.lower()}: {one.message}"
            for one in results if one] or ["passed"]
    print(f"{case.classname} | {case.name}{where} | {'; '.join(told)}")


def main():
    root = xml.etree.ElementTree.parse(sys.argv[1]).getroot()
    hold("it is a list of suites", root.tag == "testsuites")
    hold_counts(root)
    hold_names(root)
    for suite in root:
        hold_counts(suite)
    read = junitparser.JUnitXml.fromfile(sys.argv[1])
    counted = (read.tests, read.failures, read.errors, read.skipped)
    for suite in read:
        for case in suite:
            show(case)
    read.update_statistics()
    again = (read.tests, read.failures, read.errors, read.skipped)
    hold(f"{counted} is what junitparser counts: {again}", counted == again)
    merged = read + junitparser.JUnitXml.fromfile(sys.argv[1])
    merged.update_statistics()
    hold("two merge into one", merged.tests == 2 * read.tests)
    print("%d tests, %d failures, %d errors, %d skipped" % counted)


main()
