#!/usr/bin/env python3
"""Takes pictures of pages: wide and narrow, light and dark, and as they print.

    screenshot.py Output/en/adoption.html -o pictures
    screenshot.py Output/en/*.html --width 360 1280 --theme dark --first-screen
    screenshot.py Output/en/adoption.html --part '#fig-users' --hover '.v-link'
"""

import argparse
import pathlib

from chromium import Chromium


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", help="HTML files or URLs")
    parser.add_argument("-o", "--output", default="pictures", type=pathlib.Path)
    parser.add_argument("--width", nargs="+", type=int, default=[1280, 360])
    parser.add_argument("--theme", nargs="+", choices=["light", "dark"], default=["light", "dark"])
    parser.add_argument("--print", action="store_true", help="also print each page to PDF")
    parser.add_argument("--first-screen", action="store_true", help="only what is seen without scrolling")
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--part", help="only the first element that matches this selector")
    parser.add_argument("--hover", help="point at the first element that matches this selector")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)

    with Chromium() as browser:
        page = browser.page()
        for address in options.pages:
            path = pathlib.Path(address)
            url = address if "://" in address else path.resolve().as_uri()
            name = "-".join(path.with_suffix("").parts[-2:]).lstrip("/")
            for width in options.width:
                for theme in options.theme:
                    page.show(width, options.height, dark=theme == "dark", scale=options.scale, touch=width < 600)
                    page.open(url)
                    clip = None
                    if options.part:
                        clip = page.evaluate(box_of(options.part))
                    if options.hover:
                        page.evaluate(f"document.querySelector({options.hover!r}).scrollIntoView({{block: 'center'}})")
                        x, y, w, h = page.evaluate(box_of(options.hover, viewport=True))
                        page.send("Input.dispatchMouseEvent", type="mouseMoved", x=x + w / 2, y=y + h / 2)
                    whole = not options.first_screen and not options.hover
                    page.picture(options.output / f"{name}-{width}-{theme}.png", whole=whole, clip=clip)
            if options.print:
                page.open(url)
                page.print(options.output / f"{name}.pdf")


def box_of(selector, viewport=False):
    offset = "0, 0" if viewport else "scrollX, scrollY"
    return f"""(() => {{
      const box = document.querySelector({selector!r}).getBoundingClientRect();
      const [x, y] = [{offset}];
      return [box.x + x, box.y + y, box.width, box.height];
    }})()"""


if __name__ == "__main__":
    main()
