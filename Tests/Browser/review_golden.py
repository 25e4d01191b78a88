#!/usr/bin/env python3
"""Shows changed golden files side by side: before, after, and what differs.

    review_golden.py                 every Golden/*.changed below Tests
    review_golden.py Tests/VegaRuntimeTests -o review.html --picture review.png

The third picture is black where nothing changed. Text is compared line by line. The page needs no server.
"""

import argparse
import base64
import difflib
import html
import pathlib

STYLE = """
body { margin: 2rem; font: 14px/1.5 sans-serif; color: #1e1c19; background: #f4f2ec; }
h2 { font-size: 1rem; margin: 2.5rem 0 .5rem; }
.row { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; }
.row > div { min-width: 0; } .row p { margin: 0 0 .25rem; color: #5c5850; }
.picture { background: #fff; border: 1px solid #dcd8ce; } .picture img { display: block; max-width: 100%; }
.over { position: relative; } .over img + img { position: absolute; inset: 0; mix-blend-mode: difference; }
pre { margin: 0; padding: .75rem; background: #fff; border: 1px solid #dcd8ce; overflow: auto; max-height: 30rem; font-size: 12px; }
ins { background: #d6efe0; text-decoration: none; } del { background: #f6d9d5; text-decoration: none; }
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent)
    parser.add_argument("-o", "--output", type=pathlib.Path, default=pathlib.Path("review.html"))
    parser.add_argument("--picture", type=pathlib.Path, help="also save the page as a PNG")
    options = parser.parse_args()
    changed = sorted(options.folder.rglob("*.changed"))
    if not changed:
        print("no golden file has changed")
        return
    rows = [compare(path.with_suffix(""), path) for path in changed]
    page = f"<!doctype html><meta charset='utf-8'><title>Changed golden files</title><style>{STYLE}</style><h1>{len(rows)} changed</h1>"
    options.output.write_text(page + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} changed: {options.output}")
    if options.picture:
        from chromium import Chromium
        with Chromium() as browser:
            tab = browser.page()
            tab.show(1600)
            tab.open(options.output.resolve().as_uri())
            tab.picture(options.picture)


def compare(before, after):
    name = html.escape(before.name)
    if before.suffix == ".svg" and before.exists():
        old, new = (f"<img src='data:image/svg+xml;base64,{base64.b64encode(path.read_bytes()).decode()}' alt=''>" for path in (before, after))
        return (f"<h2>{name}</h2><div class='row'><div><p>before</p><div class='picture'>{old}</div></div>"
                f"<div><p>after</p><div class='picture'>{new}</div></div>"
                f"<div><p>difference</p><div class='picture over'>{old}{new}</div></div></div>" + text_difference(before, after))
    return f"<h2>{name}</h2>" + text_difference(before, after)


def text_difference(before, after):
    old = before.read_text(encoding="utf-8").replace("><", ">\n<").splitlines() if before.exists() else []
    new = after.read_text(encoding="utf-8").replace("><", ">\n<").splitlines()
    lines = []
    for line in difflib.unified_diff(old, new, "before", "after", lineterm="", n=2):
        tag = {"+": "ins", "-": "del"}.get(line[:1], "span")
        lines.append(f"<{tag}>{html.escape(line[:400])}</{tag}>")
    return f"<details><summary>{len(lines)} lines</summary><pre>" + "\n".join(lines) + "</pre></details>"


if __name__ == "__main__":
    main()
