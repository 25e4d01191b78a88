#!/usr/bin/env python3
"""Checks a built site the way readers meet it: from a folder, from a server, narrow, wide, dark and printed.

    check_site.py Output
    check_site.py Output --only 'en/*' --no-axe

For every page: links, anchors and assets lead somewhere and stay in the site; nothing is loaded from elsewhere; the
policy it declares holds; the console stays silent; nothing is wider than the screen; text can be read in both themes;
the card of a number can be seen, and the first number answers a pointer, a
finger and a click without script, and is copied without its card; cards that lie folded are found by links, by the filter and on
paper; titles in Han break where they may; tables of words fit a phone; it prints; axe finds nothing serious; and the language switch leads to the same page.
Exit code 0 when all is well, 1 when something failed, 2 when nothing could be checked.
"""

import argparse
import contextlib
import fnmatch
import functools
import http.server
import importlib.resources
import pathlib
import sys
import threading
import time

from chromium import Chromium
from links import read_page, check_links

WIDTHS = (360, 768, 1280)
HERE = pathlib.Path(__file__).parent


class Tally:
    """Counts, and says each problem of a page once, however many widths and themes show it."""

    def __init__(self):
        self.passed = self.failed = 0
        self._said = set()

    def note(self, page, check, problems):
        problems = list(problems)
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        new = [problem for problem in problems if (page, problem) not in self._said]
        self._said.update((page, problem) for problem in new)
        for problem in new[:8]:
            print(f"{page}: {check}: {problem}", flush=True)
        if len(new) > 8:
            print(f"{page}: {check}: and {len(new) - 8} more")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=pathlib.Path, help="the built site, a folder")
    parser.add_argument("--only", default="*", help="pages whose path matches this pattern")
    parser.add_argument("--base", default="/some/base/", help="where the server puts the site (default: %(default)s)")
    parser.add_argument("--no-axe", action="store_true", help="leave axe out; it takes most of the time")
    parser.add_argument("--links-only", action="store_true", help="check files only, start no browser")
    options = parser.parse_args()
    site = options.site.resolve()
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    if not names:
        print(f"no pages in {options.site}", file=sys.stderr)
        return 2
    pages = {name: read_page(site / name) for name in names}
    chosen = [name for name in names if fnmatch.fnmatch(name, options.only)]

    tally = Tally()
    for name in chosen:
        for check, problems in check_links(site, name, pages):
            tally.note(name, check, problems)
    if not options.links_only:
        axe = None if options.no_axe else axe_source()
        with Chromium() as browser, serving(site, options.base) as address:
            page = browser.page()
            for name in chosen:
                check_in_browser(page, site, name, address, axe, tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


def check_in_browser(page, site, name, address, axe, tally):
    tools = (HERE / "readability.js").read_text()
    file = (site / name).as_uri()
    for dark in (False, True):
        theme = "dark" if dark else "light"
        for width in WIDTHS:
            page.show(width, dark=dark, touch=width < 600)
            tally.note(name, f"console from file at {width} px, {theme}", complaints(page.open(file)))
            page.evaluate(tools)
            tally.note(name, f"fits {width} px, {theme}", page.evaluate("almanacChecks.tooWide()"))
            if not dark:
                tally.note(name, f"menu at {width} px", page.evaluate("almanacChecks.menu()"))
                tally.note(name, f"titles at {width} px", page.evaluate("almanacChecks.titles()"))
                tally.note(name, f"stacked tables at {width} px", page.evaluate("almanacChecks.stacks()"))
            if name.endswith("index.html") and width == 360:
                tally.note(name, f"ramps of colour, {theme}", page.evaluate("almanacChecks.ramps()"))
            if width != 768 and not dark:
                tally.note(name, f"cards at {width} px", page.evaluate("almanacChecks.cards()"))
            if width != 768:
                tally.note(name, f"contrast at {width} px, {theme}", page.evaluate("almanacChecks.contrast()"))
        if axe:
            page.evaluate(axe + "; 0")
            tally.note(name, f"axe, {theme}", serious(page.evaluate(AXE_RUN)))

    page.show(1280)
    tally.note(name, "console from a server", complaints(page.open(address + name)))
    page.evaluate(tools)
    tally.note(name, "sorting", page.evaluate("almanacChecks.sorting()"))
    tally.note(name, "theme switch", page.evaluate("almanacChecks.themeSwitch()"))

    tally.note(name, "a number asked by hand", ask_number(page, file))

    tally.note(name, "folded cards", ask_folds(page, file))

    page.show(642, media="print")
    page.open(file)
    page.evaluate(tools)
    tally.note(name, "fits A4", page.evaluate("almanacChecks.tooWide()"))
    tally.note(name, "contrast on paper", page.evaluate("almanacChecks.contrast()"))
    page.show(1280)
    tally.note(name, "prints", [] if page.print().startswith(b"%PDF") else ["no PDF"])


# MARK: a number and its card

FIRST_NUMBER = """(() => {
  const link = [...document.querySelectorAll("main .v-link")].find((one) => one.checkVisibility());
  if (!link) return null;
  link.scrollIntoView({block: "center"});
  const box = link.getClientRects()[0];
  return [box.x + box.width / 2, box.y + box.height / 2];
})()"""
FIRST_CARD = """(() => {
  const card = [...document.querySelectorAll("main .v-link")].find((one) => one.checkVisibility()).closest(".v-wrap").querySelector(".v-card");
  return card.checkVisibility() ? card.innerText.trim() : "";
})()"""
COPIED = """(() => {
  const link = [...document.querySelectorAll("main .v-link")].find((one) => one.checkVisibility());
  const wrap = link.closest(".v-wrap");
  const block = wrap.closest("p, li, td, .key-value") ?? wrap;
  const bare = block.cloneNode(true);
  for (const card of bare.querySelectorAll(".v-card")) card.remove();
  getSelection().selectAllChildren(block);
  const words = (text) => text.replace(/\\s+/g, " ").trim();
  const answer = [words(getSelection().toString()), words(bare.textContent)];
  getSelection().removeAllRanges();
  return answer;
})()"""


def ask_number(page, file):
    """Points at, copies, taps and follows the first number of a page, with script and without."""
    page.show(1280)
    page.open(file)
    place = page.evaluate(FIRST_NUMBER)
    if not place:
        return
    page.send("Input.dispatchMouseEvent", type="mouseMoved", x=place[0], y=place[1])
    if not soon(lambda: page.evaluate(FIRST_CARD)):
        yield "pointing at it shows no card"
    page.send("Input.dispatchMouseEvent", type="mouseMoved", x=2, y=2)
    copied, written = page.evaluate(COPIED)
    if copied != written:
        yield f"copying gives '{copied[:80]}' for '{written[:80]}'"

    page.show(390, touch=True)
    page.send("Emulation.setTouchEmulationEnabled", enabled=True)
    page.open(file)
    x, y = page.evaluate(FIRST_NUMBER)
    tap(page, x, y)
    if not soon(lambda: page.evaluate(FIRST_CARD)):
        yield "the first tap shows no card"
    elif page.evaluate("location.href") != file:
        yield "the first tap leaves the page"
    else:
        tap(page, x, y)
        if not soon(lambda: page.evaluate("!!document.querySelector(':target')")):
            yield "the second tap does not lead to the number's own card"
    page.send("Emulation.setTouchEmulationEnabled", enabled=False)

    page.send("Emulation.setScriptExecutionDisabled", value=True)
    page.show(1280)
    page.open(file)
    x, y = page.evaluate(FIRST_NUMBER)
    for kind in ("mousePressed", "mouseReleased"):
        page.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
    if not soon(lambda: page.evaluate("!!document.querySelector(':target')?.checkVisibility()")):
        yield "without script it does not lead to the number's own card"
    page.send("Emulation.setScriptExecutionDisabled", value=False)


# MARK: cards that lie folded

FOLDED = """(() => {
  const last = [...document.querySelectorAll(".ledger .fact")].at(-1);
  const isFolded = last && !last.checkVisibility();
  return isFolded ? [last.id, document.documentElement.scrollHeight / innerHeight] : null;
})()"""
LANDED = """(() => {
  const box = document.querySelector(":target")?.querySelector(".fact-value").getBoundingClientRect();
  return !!box && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
})()"""
FILTERED = """(() => {
  const shown = () => [...document.querySelectorAll(".fact")].filter((card) => card.checkVisibility());
  const input = document.querySelector("[data-filter] input");
  const type = (words) => { input.value = words; input.dispatchEvent(new Event("input")); return shown(); };
  const last = [...document.querySelectorAll(".fact")].at(-1);
  const found = type(last.id.slice(5));
  return [found.length > 0 && found.includes(last) && found.every((card) => card.textContent.includes(last.id.slice(5))), type("").length];
})()"""
HIDDEN_CARDS = "[...document.querySelectorAll('.ledger .fact')].filter((card) => !card.checkVisibility() || card.getBoundingClientRect().height === 0).length"


def ask_folds(page, file):
    """Follows a link to the last card of a folded page, with script and without; filters; prints."""
    page.show(390, touch=True)
    page.open(file)
    folded = page.evaluate(FOLDED)
    if not folded:
        return
    target, screens = folded
    if screens > 6:
        yield f"folded it is still {screens:.0f} screens long"
    found, left = page.evaluate(FILTERED)
    if not found:
        yield "the filter shows no card, or others"
    if left:
        yield f"{left} cards stay open behind the filter"
    for script in (True, False):
        page.send("Emulation.setScriptExecutionDisabled", value=not script)
        page.open("about:blank")
        page.open(f"{file}#{target}")
        if not soon(lambda: page.evaluate(LANDED)):
            yield f"a link to {target} leads to nothing seen, {'with' if script else 'without'} script"
        # On paper everything is there, however it lay on the screen.
        page.show(642, media="print")
        hidden = page.evaluate(HIDDEN_CARDS)
        if hidden:
            yield f"{hidden} cards are not printed, {'with' if script else 'without'} script"
        page.show(390, touch=True)
    page.send("Emulation.setScriptExecutionDisabled", value=False)


def tap(page, x, y):
    page.send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
    page.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


def soon(question, patience=5):
    """The answer of a question as soon as it is one; while a page is being left there is none."""
    end = time.time() + patience
    while True:
        try:
            answer = question()
        except RuntimeError:
            answer = None
        if answer or time.time() > end:
            return answer
        time.sleep(0.1)


# MARK: what the browser says

def complaints(events):
    for event in events:
        method, data = event.get("method"), event.get("params", {})
        if method == "Log.entryAdded" and data["entry"]["level"] in ("error", "warning"):
            yield data["entry"]["text"]
        elif method == "Runtime.exceptionThrown":
            details = data["exceptionDetails"]
            yield details.get("exception", {}).get("description") or details["text"]
        elif method == "Runtime.consoleAPICalled" and data["type"] in ("error", "warning", "assert"):
            yield " ".join(str(argument.get("value", "")) for argument in data["args"])
        elif method == "Network.loadingFailed" and not data.get("canceled"):
            yield f"not loaded: {data.get('errorText')} {data.get('blockedReason', '')}"
        elif method == "Network.responseReceived" and data["response"]["status"] >= 400:
            yield f"{data['response']['status']} {data['response']['url']}"
        elif method == "Audits.issueAdded" and data["issue"]["code"] == "ContentSecurityPolicyIssue":
            details = data["issue"]["details"]["contentSecurityPolicyIssueDetails"]
            yield f"policy: {details['violatedDirective']} {details.get('blockedURL', '')}"


AXE_RUN = """axe.run(document, {resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}}).then((answer) =>
  answer.violations.map((v) => ({id: v.id, impact: v.impact, help: v.help, count: v.nodes.length, where: v.nodes[0].target.join(' ')})))"""


def serious(violations):
    for item in violations:
        if item["impact"] in ("serious", "critical"):
            yield f"{item['id']} ({item['impact']}): {item['help']}; {item['count']} at {item['where']}"


def axe_source():
    """axe's own file, out of whichever Python package carries it; the newer one first."""
    for package in ("axe_playwright_python", "axe_core_python"):
        with contextlib.suppress(ModuleNotFoundError, FileNotFoundError):
            return (importlib.resources.files(package) / "axe.min.js").read_text(encoding="utf-8")
    raise SystemExit("axe is missing: pip install axe-core-python, or pass --no-axe")


# MARK: a server under a base path

@contextlib.contextmanager
def serving(site, base):
    base = "/" + base.strip("/") + "/"

    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path):
            if not path.startswith(base):
                return str(site / "nothing-is-served-outside-the-base")
            return super().translate_path("/" + path[len(base):])

        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
