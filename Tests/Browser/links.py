"""What can be checked in a site's files without a browser: links, anchors, assets, language, structure."""

import pathlib
import posixpath
import re
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageFacts:
    """What a page says about itself."""

    lang: str = ""
    title: str = ""
    ids: dict = field(default_factory=dict)
    links: list = field(default_factory=list)      # (href, attributes)
    assets: list = field(default_factory=list)     # url
    alternates: list = field(default_factory=list)  # (hreflang, href)
    editions: list = field(default_factory=list)   # (hreflang, href) of the language switch
    references: list = field(default_factory=list)  # ids named by aria-*, for
    forbidden: list = field(default_factory=list)  # what the policy would refuse
    headings: list = field(default_factory=list)
    unnamed: list = field(default_factory=list)
    policy: str = ""


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.facts = PageFacts()
        self._in_title = self._in_editions = False

    def handle_starttag(self, tag, pairs):
        facts, attributes = self.facts, {name: value or "" for name, value in pairs}
        line = self.getpos()[0]
        if "id" in attributes:
            facts.ids[attributes["id"]] = facts.ids.get(attributes["id"], 0) + 1
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            facts.references += [(name, one) for one in attributes.get(name, "").split()]
        if "style" in attributes:
            facts.forbidden.append(f"line {line}: style attribute on <{tag}>")
        facts.forbidden += [f"line {line}: {name} on <{tag}>" for name in attributes if name.startswith("on")]
        if tag == "html":
            facts.lang = attributes.get("lang", "")
        elif tag == "title" and not facts.title:
            self._in_title = True
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "content-security-policy":
            facts.policy = attributes.get("content", "")
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            facts.forbidden.append("meta refresh")
        elif tag == "style":
            facts.forbidden.append(f"line {line}: <style>")
        elif tag == "script":
            if "src" in attributes:
                facts.assets.append(attributes["src"])
            elif attributes.get("type") != "application/ld+json":
                facts.forbidden.append(f"line {line}: inline script")
        elif tag == "link":
            if attributes.get("rel") == "alternate" and "hreflang" in attributes:
                facts.alternates.append((attributes["hreflang"], attributes.get("href", "")))
            elif attributes.get("rel") != "canonical":
                facts.assets.append(attributes.get("href", ""))
        elif tag in ("img", "source", "iframe", "video", "audio", "embed"):
            if "src" in attributes:
                facts.assets.append(attributes["src"])
            if tag == "img" and "alt" not in attributes:
                facts.unnamed.append(f"line {line}: image without alt")
        elif tag in ("a", "area") and "href" in attributes:
            facts.links.append((attributes["href"], attributes))
            if self._in_editions:
                facts.editions.append((attributes.get("hreflang", ""), attributes["href"]))
        elif tag == "nav" and "editions" in attributes.get("class", "").split():
            self._in_editions = True
        elif re.fullmatch("h[1-6]", tag):
            facts.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False
        elif tag == "nav":
            self._in_editions = False

    def handle_data(self, data):
        if self._in_title:
            self.facts.title += data


def read_page(path):
    reader = Reader()
    reader.feed(pathlib.Path(path).read_text(encoding="utf-8"))
    return reader.facts


def check_links(site, name, pages):
    """Yields (what was checked, problems) for one page of `pages`, a path to `PageFacts` dictionary."""
    page = pages[name]
    yield "links", (problem for href, _ in page.links for problem in wrong_target(site, name, href, pages))
    yield "assets", (problem for url in page.assets for problem in wrong_asset(site, name, url))
    yield "ids", [f"'{one}' is used {count} times" for one, count in page.ids.items() if count > 1]
    yield "references to ids", [f"{kind} names '{one}', which is nowhere" for kind, one in page.references if one not in page.ids]
    yield "policy", page.forbidden + ([] if page.policy else ["no Content-Security-Policy"])
    yield "title and language", ([] if page.title.strip() else ["no title"]) + ([] if page.lang else ["no lang"])
    yield "headings", wrong_headings(page.headings)
    yield "images", page.unnamed
    yield "other editions", wrong_editions(site, name, page, pages)


def wrong_target(site, name, href, pages):
    parts = urllib.parse.urlsplit(href)
    if parts.scheme in ("http", "https", "mailto", "tel") or href.startswith("//"):
        return
    if parts.scheme:
        yield f"'{href}' has the scheme {parts.scheme}"
        return
    if parts.path.startswith("/") and name != "404.html":
        yield f"'{href}' is not relative"
        return
    target = resolve(name, parts.path)
    if target.startswith(".."):
        yield f"'{href}' leaves the site"
    elif not (site / target).is_file():
        yield f"'{href}' leads to no file"
    elif parts.fragment and target in pages:
        anchor = urllib.parse.unquote(parts.fragment)
        if anchor not in pages[target].ids and anchor != "top":
            yield f"'{href}' leads to no anchor"


def wrong_asset(site, name, url):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "data":
        return
    if parts.scheme or url.startswith("//"):
        yield f"'{url}' is loaded from elsewhere"
    elif not parts.path.startswith("/") and not (site / resolve(name, parts.path)).is_file():
        yield f"'{url}' leads to no file"


def wrong_headings(levels):
    problems = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of level 1"]
    for before, after in zip(levels, levels[1:]):
        if after > before + 1:
            problems.append(f"level {after} follows level {before}")
    return problems


def wrong_editions(site, name, page, pages):
    problems = []
    folder, _, rest = name.partition("/")
    for language, href in page.editions:
        target = resolve(name, urllib.parse.urlsplit(href).path)
        if rest and (site / language / rest).is_file() and target != f"{language}/{rest}":
            problems.append(f"the switch to {language} leads to {target}, not to the same page")
        elif target in pages and pages[target].lang != language:
            problems.append(f"the switch to {language} leads to a page in {pages[target].lang}")
    for language, href in page.alternates:
        if not urllib.parse.urlsplit(href).scheme and not (site / resolve(name, href)).is_file():
            problems.append(f"alternate {language} leads to no file: {href}")
    return problems


def resolve(name, path):
    """The file that `path`, as written on page `name`, leads to, from the site's root."""
    path = urllib.parse.unquote(path)
    if not path:
        return name
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    return posixpath.join(target, "index.html").removeprefix("./") if path.endswith("/") else target
