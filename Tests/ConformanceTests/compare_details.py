"""Compares two pictures of a chart in all that a reader sees: compare(REFERENCE, CANDIDATE) gives a line for each difference.

vl_compare.py of the corpus asks whether the same data are drawn at the same places; it lets pass where titles and legends stand,
fonts, caps, joins, clips and links. Here every leaf of both pictures is brought to one form: its role, text, outline on the
page, paint with all opacities multiplied in, stroke, font, clip and link. Leaves are matched to the nearest of their role.
Positions may differ by TOLERANCE pixels. Not compared: order of drawing, descriptions for assistive technology.

Needs vl_compare, which reads shapes, colours and transforms, on the path.
"""
import math
import re
import xml.etree.ElementTree as tree

TOLERANCE = 0.6
PLACE = {"role", "kind", "text", "x", "y", "box", "outline"}
WEIGHTS = {None: "400", "normal": "400", "bold": "700"}
# Where the reference's program writes no base for relative links.
BASE = "https://vega.github.io/vega-datasets/"


def compare(vl_compare, reference, candidate):
    theirs, ours = Picture(vl_compare, reference), Picture(vl_compare, candidate)
    lines = []
    if any(abs(a - b) > 1.5 for a, b in zip(theirs.size, ours.size)):
        lines.append(f"size {ours.size[0]:g} x {ours.size[1]:g}, not {theirs.size[0]:g} x {theirs.size[1]:g}")
    left = {}
    for leaf in ours.leaves:
        left.setdefault((leaf["role"], leaf["kind"]), []).append(leaf)
    for leaf in theirs.leaves:
        found = min(left.get((leaf["role"], leaf["kind"]), []), key=lambda other: cost(leaf, other), default=None)
        name = f"{leaf['role']} {leaf['text'][:24]!r}"
        if found is None or leaf["kind"] == "text" and found["text"] != leaf["text"] and cost(leaf, found) > 60:
            lines.append(f"{name} at {leaf['x']:.1f}, {leaf['y']:.1f} is missing")
            continue
        left[leaf["role"], leaf["kind"]].remove(found)
        lines += differences(vl_compare, name, leaf, found)
    for others in left.values():
        for leaf in others:
            lines.append(f"{leaf['role']} {leaf['text'][:24]!r} at {leaf['x']:.1f}, {leaf['y']:.1f} is too many")
    return lines


def cost(leaf, other):
    return distance(leaf, other) + (leaf["text"] != other["text"]) * 50 + 3 * len(unlike(leaf, other))


def unlike(leaf, other):
    return [key for key in leaf.keys() | other.keys() if key not in PLACE and not alike(leaf.get(key), other.get(key))]


def distance(leaf, other):
    if leaf["kind"] == "shape":
        return max(abs(a - b) for a, b in zip(leaf["box"], other["box"]))
    return max(abs(leaf["x"] - other["x"]), abs(leaf["y"] - other["y"]))


def differences(vl_compare, name, leaf, other):
    if leaf["text"] != other["text"]:
        yield f"{name} says {other['text']!r}"
    for key in sorted(unlike(leaf, other)):
        yield f"{name} has {key} {other.get(key)}, not {leaf.get(key)}"
    if distance(leaf, other) > TOLERANCE:
        yield f"{name} at {other['x']:.1f}, {other['y']:.1f}, not {leaf['x']:.1f}, {leaf['y']:.1f}"
    elif leaf["kind"] == "shape" and leaf["role"] == "mark":
        apart = vl_compare.hausdorff(leaf["outline"], other["outline"])
        if apart > 0.8:
            yield f"{name} has an outline {apart:.1f} px apart"


def alike(one, other):
    """Whether two values are the same: numbers within a tenth, colours within 2 of 255, opacities within 0.02."""
    if one == other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return all(alike(a, b) for a, b in zip(one, other))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 0.02
    if isinstance(one, int) and isinstance(other, int):
        return abs(one - other) <= 2
    return False


class Picture:
    """The leaves of an SVG: dictionaries of what is seen of each, in the order of drawing."""

    def __init__(self, vl_compare, svg):
        self.read = vl_compare
        root = tree.fromstring(svg)
        number = vl_compare.fnum
        self.size = (number(root.get("width")), number(root.get("height")))
        self.leaves = []
        self.gradients, self.clips = {}, {}
        for element in root.iter():
            tag = vl_compare.tag(element)
            if tag in ("linearGradient", "radialGradient"):
                stops = [(number(stop.get("offset")), vl_compare.colour(stop.get("stop-color"))) for stop in element]
                self.gradients[element.get("id")] = tuple(dict.fromkeys(stops))
            elif tag == "clipPath" and len(element):
                outline = vl_compare.shape_of(element[0], vl_compare.tag(element[0]), vl_compare.I)
                self.clips[element.get("id")] = vl_compare.bbox(outline)
        self.walk(root, vl_compare.I, 1.0, None, None, None)

    def walk(self, element, matrix, opacity, role, clip, link):
        read = self.read
        tag, get = read.tag(element), element.get
        if tag in ("defs", "title", "desc", "style") or get("display") == "none":
            return
        matrix = read.mmul(matrix, read.transform(get("transform")))
        opacity *= float(get("opacity") or 1)
        classes = (get("class") or "").split()
        role = next((name[5:] for name in classes if name.startswith("role-")), role)
        if tag == "a":
            link = (get("{http://www.w3.org/1999/xlink}href") or get("href")).replace(BASE, "")
        box = self.clips.get(self.id_of(get("clip-path")))
        if box:
            corners = read.mapp(matrix, box[0], box[1]) + read.mapp(matrix, box[2], box[3])
            clip = tuple(round(value) for value in corners)
        if tag in ("g", "svg", "a"):
            for child in element:
                self.walk(child, matrix, opacity, role, clip, link)
        elif tag in read.GFX and opacity > 0.002:
            role = "background" if "background" in classes else role or "paper"
            leaf = {"role": role, "clip": clip, "link": link, "blend": self.blend(element)}
            if self.fill_in(leaf, element, tag, matrix, opacity):
                self.leaves.append(leaf)

    @staticmethod
    def id_of(reference):
        found = re.search(r"""url\(\s*["']?#([^)"']+)""", reference or "")
        return found and found.group(1)

    @staticmethod
    def blend(element):
        found = re.search(r"mix-blend-mode:\s*([\w-]+)", element.get("style") or "")
        return found and found.group(1)

    def paint(self, value, opacity):
        if self.id_of(value):
            return self.gradients.get(self.id_of(value)), round(opacity, 2)
        colour = self.read.colour(value)
        if colour is None or colour[3] * opacity < 0.002:
            return None
        return tuple(round(part) for part in colour[:3]) + (round(colour[3] * opacity, 2),)

    def fill_in(self, leaf, element, tag, matrix, opacity):
        """Adds paint, place and what else belongs to its kind; whether anything is seen of the leaf."""
        get, number = element.get, self.read.fnum
        place = self.read.mapp(matrix, number(get("x")), number(get("y")))
        if tag == "image":
            source = get("{http://www.w3.org/1999/xlink}href") or get("href") or ""
            leaf.update(kind="image", text=source[-24:], x=place[0], y=place[1], opacity=round(opacity, 2),
                        width=number(get("width")), height=number(get("height")),
                        stretched=get("preserveAspectRatio") == "none")
            return True
        fill = self.paint(get("fill"), opacity * float(get("fill-opacity") or 1)) if tag != "line" else None
        stroke = self.paint(get("stroke"), opacity * float(get("stroke-opacity") or 1))
        width = number(get("stroke-width"), 1)
        if width <= 0:
            stroke = None
        leaf.update(fill=fill, stroke=stroke)
        if stroke:
            dash = tuple(float(length) for length in re.findall(r"[-\d.]+", get("stroke-dasharray") or ""))
            join = get("stroke-linejoin") or "miter"
            leaf.update(width=float(width), cap=get("stroke-linecap") or "butt", dash=dash if any(dash) else ())
            leaf["dash offset"] = number(get("stroke-dashoffset")) if any(dash) else 0.0
            if tag != "line":
                leaf.update(join=join, limit=number(get("stroke-miterlimit"), 10) if join == "miter" else None)
        if not fill and not stroke:
            return False
        if tag == "text":
            weight = get("font-weight")
            leaf.update(kind="text", text=self.read.text_of(element), x=place[0], y=place[1],
                        angle=float(round(math.degrees(math.atan2(matrix[1], matrix[0])), 1) % 360),
                        font=re.sub("[\"']", "", get("font-family") or ""), size=float(number(get("font-size"))),
                        weight=WEIGHTS.get(weight, weight), style=get("font-style") or "normal",
                        anchor=get("text-anchor") or "start",
                        steps=tuple(float(number(line.get("dy"))) for line in element if self.read.tag(line) == "tspan"))
            return bool(leaf["text"])
        outline = self.read.shape_of(element, tag, matrix)
        box = self.read.bbox(outline) if outline else None
        if not box or leaf["role"] == "paper" or not stroke and min(box[2] - box[0], box[3] - box[1]) < 0.01:
            return False
        leaf.update(kind="shape", text="", x=box[0], y=box[1], box=box, outline=outline)
        return True
