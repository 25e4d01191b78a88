#!/usr/bin/env python3
"""Compares Almanac's charts with Vega-Lite's own, over the small specs in Specs/: compare_specs.py [--only REGEX] …

Each Specs/FOLDER/NAME.vl.json is drawn by vl_convert (Vega-Lite's compiler and Vega) and by `almanac chart --config vega`;
vl_compare.py of the conformance corpus says whether the two pictures agree: marks, axes, views, legends, titles, grid.
A spec whose pictures differ on purpose stands in Specs/known-differences.json as "FOLDER/NAME": "reason". A spec drawn from
random numbers says so with "usermeta": {"compare": "counts"}: then marks are counted only. Specs in Specs/details/ are compared
by compare_details.py too: fonts, paints, caps, clips, links, and where titles, labels and legends stand, to half a pixel.

Needs vl-convert-python and the corpus in ../shared beside the project. Ends with 1 when a spec without a reason differs, or
when one with a reason agrees.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
PROJECT = FOLDER.parent.parent
CORPUS = PROJECT.parent / "shared" / "conformance" / "vega-lite"


def main():
    options = read_options()
    if os.environ.get("TZ") != "UTC":  # V8 reads the zone once, when it starts.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "TZ": "UTC"})
    sys.path.insert(0, str(CORPUS))
    import vl_compare

    known = json.loads((FOLDER / "Specs" / "known-differences.json").read_text(encoding="utf-8"))
    specs = sorted((FOLDER / "Specs").glob("*/*.vl.json"))
    names = [name_of(spec) for spec in specs]
    wanted = [(name, spec) for name, spec in zip(names, specs) if re.search(options.only, name)]
    with tempfile.TemporaryDirectory() as scratch:
        output = options.output or pathlib.Path(scratch)
        told = draw_candidates(options.almanac, [spec for _, spec in wanted], output)
        results = {name: compare(vl_compare, name, spec, output, options) for name, spec in wanted}
    tables = {}
    faults = 0
    for name, (passes, agrees, reason) in results.items():
        row = tables.setdefault(name.split("/")[0], [0, 0, 0])
        for column, counts in enumerate((passes, agrees, True)):
            row[column] += counts
        if agrees and name in known:
            faults += 1
            print(f"AGREES  {name}: take it out of known-differences.json")
        elif not agrees and name not in known:
            faults += 1
            print(f"DIFFERS {name}: {reason}{told.get(name, '')}")
        elif options.verbose:
            print(f"{'agrees ' if agrees else 'known  '} {name}{'' if agrees else ': ' + reason}")
    for name in sorted(set(known) - set(names)):
        faults += 1
        print(f"MISSING {name}: known-differences.json has a reason for a spec that is not there")
    for folder, (passes, agrees, total) in tables.items():
        print(f"{folder:10} {total:4} specs, {passes} agree in marks and axes, {agrees} in full")
    sys.exit(1 if faults else 0)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--almanac", default=PROJECT / ".build" / "debug" / "almanac", type=pathlib.Path)
    parser.add_argument("--only", default="", metavar="REGEX", help="compare specs whose FOLDER/NAME matches")
    parser.add_argument("--output", type=pathlib.Path, metavar="DIR",
                        help="keep FOLDER/NAME.svg and FOLDER/NAME.reference.svg there")
    parser.add_argument("--placement", action="store_true",
                        help="also tell texts of guides that stand elsewhere and pictures of another size; fails nothing")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell specs that agree, too")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        sys.exit(f"compare_specs: the corpus is not at {CORPUS.relative_to(PROJECT.parent)}, beside the project")
    return options


def name_of(spec):
    return f"{spec.parent.name}/{spec.name.removesuffix('.vl.json')}"


def draw_candidates(almanac, specs, output):
    """Draws FOLDER/NAME.svg for each spec; returns what Almanac said about those that it could not draw."""
    told = {}
    for folder in sorted({spec.parent for spec in specs}):
        own = [spec for spec in specs if spec.parent == folder]
        target = output / folder.name
        target.mkdir(parents=True, exist_ok=True)
        for spec in own:
            (target / (spec.name.removesuffix(".vl.json") + ".svg")).unlink(missing_ok=True)
        drawn = subprocess.run(
            [almanac, "chart", "--config", "vega", "--base-dir", folder, "-o", target, *own],
            capture_output=True, text=True, check=False)
        for spec in own:
            lines = [line for line in (drawn.stdout + drawn.stderr).splitlines() if spec.name in line and "error" in line]
            if lines:
                told[name_of(spec)] = "\n        " + lines[0].strip()
    return told


def compare(vl_compare, name, spec, output, options):
    """Whether marks and axes agree, whether all does, and what differs."""
    import vl_convert

    value = json.loads(spec.read_text(encoding="utf-8"))
    mode = (value.get("usermeta") or {}).get("compare", "geometry")
    try:
        reference = vl_convert.vegalite_to_svg(json.dumps(value), vl_version="6.4").encode()
    except ValueError as error:
        return False, False, f"the reference does not draw it: {str(error).splitlines()[0][:200]}"
    (output / f"{name}.reference.svg").write_bytes(reference)
    drawn = output / f"{name}.svg"
    if not drawn.is_file():
        return False, False, "not drawn"
    candidate = drawn.read_bytes()
    result = vl_compare.compare(reference, candidate, mode)
    if name.startswith("details/"):
        import compare_details

        lines = compare_details.compare(vl_compare, reference, candidate)
        if lines:
            return result["PASS"], False, "; ".join(lines[:4])
    if options.placement:
        for line in misplaced(vl_compare, reference, candidate):
            print(f"placed  {name}: {line}")
    return result["PASS"], result["FULL"], reasons(result)


def reasons(result):
    if "error" in result:
        return result["error"]
    marks = result["marks"]
    parts = [
        (result["marks_ok"], "marks " + "; ".join(map(str, marks["count_bad"] + marks["notes"][:3]))),
        (result["axes_ok"], "axes " + "; ".join(result["axes"]["notes"][:3] or ["at another side"])),
        (result["layout_ok"], "views stand elsewhere"),
        (result["legends_ok"], "legends " + "; ".join(map(str, result["legends"]["notes"][:3]))),
        (result["titles_ok"], f"titles {result['titles']}"),
        (result["grid_ok"], f"grid lines {result['grid']['ref']}/{result['grid']['cand']}, or elsewhere"),
    ]
    return ", ".join(text for agrees, text in parts if not agrees)


def misplaced(vl_compare, reference, candidate, tolerance=2.5):
    """Lines about texts of guides that do not stand where the reference has them, measured from the first view."""
    ours, theirs = guide_texts(vl_compare, candidate), guide_texts(vl_compare, reference)
    (width, height), (own_width, own_height) = theirs[0], ours[0]
    if abs(width - own_width) > tolerance or abs(height - own_height) > tolerance:
        yield f"size {own_width:g} x {own_height:g}, not {width:g} x {height:g}"
    left = list(ours[1])
    for role, text, x, y in theirs[1]:
        same = [other for other in left if other[:2] == (role, text)]
        if not same:
            continue
        nearest = min(same, key=lambda other: abs(other[2] - x) + abs(other[3] - y))
        left.remove(nearest)
        if abs(nearest[2] - x) > tolerance or abs(nearest[3] - y) > tolerance:
            yield f"{role} {text!r} at {nearest[2]:.1f}, {nearest[3]:.1f}, not {x:.1f}, {y:.1f}"


def guide_texts(vl_compare, svg):
    """The size of a picture and (role, text, x, y) of the texts of its guides."""
    import xml.etree.ElementTree as tree

    root = tree.fromstring(svg)
    scene = vl_compare.extract(svg)
    origin = scene.dataviews[0].origin if scene.dataviews else (0, 0)
    found = []

    def walk(element, matrix, role, shown):
        matrix = vl_compare.mmul(matrix, vl_compare.transform(element.get("transform")))
        shown = shown and element.get("opacity") != "0" and element.get("display") != "none"
        for token in (element.get("class") or "").split():
            if token.startswith("role-"):
                role = token[5:]
        if vl_compare.tag(element) == "text":
            text = vl_compare.text_of(element)
            if text and shown and role and role != "mark":
                x = vl_compare.fnum(element.get("x"))
                y = vl_compare.fnum(element.get("y"))
                place = vl_compare.mapp(matrix, x, y)
                found.append((role, text, place[0] - origin[0], place[1] - origin[1]))
            return
        for child in element:
            walk(child, matrix, role, shown)

    walk(root, vl_compare.I, None, True)
    return scene.size, found


if __name__ == "__main__":
    main()
