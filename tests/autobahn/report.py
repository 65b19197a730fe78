#!/usr/bin/env python3
"""Counts the verdicts of a run of the Autobahn suite and names the cases that did not pass.

    tests/autobahn/report.py INDEX.JSON

The exit status says whether all passed. NON-STRICT and INFORMATIONAL are no failures: RFC 6455 leaves those cases open.
"""
import collections
import json
import sys

PASSED = {"OK", "NON-STRICT", "INFORMATIONAL"}


def key(case):
    return [int(part) for part in case.split(".")]


def main():
    agents = json.load(open(sys.argv[1]))
    failed = False
    for agent, cases in agents.items():
        verdicts = collections.Counter(result["behavior"] for result in cases.values())
        closes = collections.Counter(result["behaviorClose"] for result in cases.values())
        print(f"{agent}: {len(cases)} cases; messages: {dict(verdicts)}; closing: {dict(closes)}")
        for case in sorted(cases, key=key):
            result = cases[case]
            if result["behavior"] != "OK" or result["behaviorClose"] != "OK":
                print(f"  {case}: {result['behavior']}, closing {result['behaviorClose']}")
            failed |= result["behavior"] not in PASSED or result["behaviorClose"] not in PASSED
        failed |= not cases
    return 1 if failed or not agents else 0


if __name__ == "__main__":
    sys.exit(main())
