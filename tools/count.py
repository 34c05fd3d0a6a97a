#!/usr/bin/env python3
"""Says how many tests passed and failed, as the line `N passed, M failed`.

count.py ctest JUNIT    counts what each ctest test counted itself: GoogleTest's lines, or such a line of its own
count.py vitest JSON    counts vitest's report
A test that was skipped, disabled or never ran counts as failed: nothing here may be left out quietly.
"""
import json, re, sys
from xml.etree import ElementTree

def of_output(text):
    """What a program says it counted, or None."""
    gtest = re.search(r"^\[  PASSED  \] (\d+) tests?\.", text, re.M)
    if gtest:
        lost = sum(int(n) for n in re.findall(r"^\[  (?:FAILED|SKIPPED) +\] (\d+) tests?", text, re.M))
        return int(gtest[1]), lost
    own = re.findall(r"^(\d+) passed, (\d+) failed", text, re.M)
    return tuple(map(int, own[-1])) if own else None

def ctest(path):
    passed = failed = 0
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        good, bad = of_output(case.findtext("system-out") or "") or (1, 0)
        if case.get("status") == "run":
            passed, failed = passed + good, failed + bad
        elif bad:
            passed, failed = passed + good, failed + bad
        else:
            failed += 1
    return passed, failed

def vitest(path):
    with open(path) as report:
        told = json.load(report)
    passed = told["numPassedTests"]
    # A file that did not load has no tests that failed, yet its suite did.
    return passed, max(told["numTotalTests"] - passed, told["numFailedTestSuites"])

passed, failed = {"ctest": ctest, "vitest": vitest}[sys.argv[1]](sys.argv[2])
print(f"{passed} passed, {failed} failed")
