"""Measures Almanac's charts against vl-convert-python, the same specs and the same data, on one thread each.

Warm: one process of each tool draws every spec; the tools take turns, round after round, and a spec's time is the median
of its rounds. Almanac reads the spec's file and its data's files, parses, compiles and draws, each time, up to the bytes of
the SVG (`almanac chart --repeat`). vl-convert gets the spec as text with the data put in beforehand, so it reads no file; it
parses, compiles and draws each time. Both have drawn the spec once before the clock starts. Times are processor time of
Almanac's thread and wall time of both; the ratios are of wall time, so vl-convert's helper threads cost it nothing.

The ten slowest are drawn once more with `--timings`, which says where their time goes: the spec read and compiled, data read
and parsed, transforms, scales, marks, guides with the layout, and the printing of the picture.

Cold: one process for one spec, from start to end: `almanac chart SPEC -o DIR` with the program that `swift build -c release`
makes, and a Python that imports vl_convert, reads, draws and writes. Processor time of both tells what a busy machine does to
the wall time.

Curve: a line of N points and a scatter of N points, read from a CSV file.
"""
import argparse
import functools
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
CONFORMANCE = PROJECT.parent / "shared" / "conformance" / "vega-lite"


def main():
    if sys.argv[1:2] == ["--peer"]:
        return serve_peer(sys.argv[2:])
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--specs", type=pathlib.Path, action="append", metavar="DIR",
                           help="folders of *.vl.json (default: the static open specs of the conformance corpus); "
                           "a folder of *.diagram.yaml is measured without a peer")
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--repeat", type=int, default=3, help="drawings of a spec in a round of Almanac's")
    arguments.add_argument("--cold", type=int, default=10, metavar="N", help="cold processes of each tool")
    arguments.add_argument("--curve", action="store_true", help="only the curve of large charts")
    arguments.add_argument("--limit", type=int, help="only so many specs")
    arguments.add_argument("--json", type=pathlib.Path, help="write all measurements to a file")
    arguments.add_argument("--skip-build", action="store_true", help="measure the release binary that is there")
    options = arguments.parse_args()
    almanac = build_almanac(options)
    results = {}
    if not options.curve:
        for folder in options.specs or [None]:
            specs = find_specs(folder)[:options.limit]
            name = str(folder or "the static open specs")
            results[name] = measure_warm(almanac, specs, options)
            show_warm(name, results[name], options)
            if results[name] and specs[0].name.endswith(".vl.json"):
                results[name + ", stages"] = measure_stages(almanac, specs, results[name], options.repeat)
                show_stages(results[name + ", stages"], results[name])
            if options.cold and specs[0].name.endswith(".vl.json"):
                results[name + ", cold"] = measure_cold(almanac, specs, options.cold)
                show_cold(results[name + ", cold"], options.cold)
    results["curve"] = measure_curve(almanac, options.repeat)
    show_curve(results["curve"])
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


def build_almanac(options):
    command = ["swift", "build", "-c", "release", "--product", "almanac"]
    if not options.skip_build:
        subprocess.run(command, cwd=PROJECT, check=True)
    folder = subprocess.run([*command, "--show-bin-path"], cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    return pathlib.Path(folder.strip()) / "almanac"


def find_specs(folder):
    if folder:
        specs = sorted(folder.glob("*.vl.json")) or sorted(folder.glob("*.diagram.yaml"))
    else:
        if not CONFORMANCE.is_dir():
            sys.exit(f"no corpus at {CONFORMANCE}; name a folder of specs with --specs")
        manifest = json.loads((CONFORMANCE / "manifest.json").read_text())
        names = (CONFORMANCE / "open.txt").read_text().split()
        specs = [CONFORMANCE / "specs/open" / name for name in names
                 if manifest[name.removesuffix(".vl.json")]["class"] == "static"]
    return specs or sys.exit(f"no specs in {folder}")


# Warm


def measure_warm(almanac, specs, options):
    """Returns for each spec the microseconds of every round of each tool."""
    has_peer = specs[0].name.endswith(".vl.json")
    results = {spec.name.split(".")[0]: {"wall": [], "processor": [], "peer": []} for spec in specs}
    peer = Peer(specs) if has_peer else None
    for _ in range(options.rounds):
        command = [almanac, "chart", "--config", "vega", "--repeat", str(options.repeat), *specs]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        for line in map(json.loads, lines):
            name = pathlib.Path(line["spec"]).name.split(".")[0]
            if not line["bytes"]:
                sys.exit(f"Almanac did not draw {name}")
            results[name]["wall"].append(line["wall"])
            results[name]["processor"].append(line["processor"])
        for name in results if peer else ():
            results[name]["peer"].append(peer.draw(name))
    if peer:
        peer.close()
    return {name: {kind: statistics.median(times) for kind, times in of.items() if times} for name, of in results.items()}


class Peer:
    """vl-convert in one process of its own, V8 with Vega loaded once: so this one stays small, since a process inherits its
    peak of memory from the one that starts it."""

    def __init__(self, specs):
        self.process = subprocess.Popen([sys.executable, __file__, "--peer", *specs], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def draw(self, name):
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def serve_peer(paths):
    """Draws the specs whose names come on standard input, and answers with microseconds."""
    import vl_convert

    specs = [pathlib.Path(path) for path in paths]
    texts = {spec.name.split(".")[0]: json.dumps(with_data(json.loads(spec.read_text()), spec.parent)) for spec in specs}
    for text in texts.values():
        vl_convert.vegalite_to_svg(text, vl_version="6.4")  # Warms up.
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        vl_convert.vegalite_to_svg(texts[line.strip()], vl_version="6.4")
        print((time.perf_counter() - start) * 1e6, flush=True)


def with_data(value, folder):
    """The spec with the data that its urls name put into it."""
    if isinstance(value, list):
        return [with_data(part, folder) for part in value]
    if not isinstance(value, dict):
        return value
    result = {key: with_data(part, folder) for key, part in value.items()}
    url = value.get("url")
    if isinstance(url, str) and "mark" not in value and (folder / url).is_file():
        del result["url"]
        result["format"] = {"type": url.rsplit(".", 1)[1], **(result.get("format") or {})}
        text = (folder / url).read_text(encoding="utf-8")
        result["values"] = json.loads(text) if url.endswith(".json") else text
    return result


def show_warm(name, results, options):
    own = [times["wall"] for times in results.values()]
    processor = [times["processor"] for times in results.values()]
    print(f"\n{name}: {len(results)} specs, {options.rounds} rounds, {os.cpu_count()} cores, warm, milliseconds\n")
    print(f"{'':10}{'almanac':>10}{'processor':>11}", end="")
    peers = [times["peer"] for times in results.values() if "peer" in times]
    print(f"{'vl-convert':>12}{'ratio':>8}" if peers else "")
    rows = [("median", statistics.median), ("total", sum), ("slowest", max)]
    for label, summary in rows:
        print(f"{label:10}{summary(own) / 1e3:>10.3f}{summary(processor) / 1e3:>11.3f}", end="")
        print(f"{summary(peers) / 1e3:>12.3f}{summary(peers) / summary(own):>8.1f}" if peers else "")
    if peers:
        ratios = sorted(times["peer"] / times["wall"] for times in results.values())
        print(f"spec by spec: median ratio {statistics.median(ratios):.1f}, "
              f"least {ratios[0]:.1f}, a tenth below {ratios[len(ratios) // 10]:.1f}")
    if not peers:
        print("the ten slowest:")
        for name in slowest(results):
            print(f"  {name:44}{results[name]['wall'] / 1e3:>9.3f}")


def slowest(results):
    return sorted(results, key=lambda name: -results[name]["processor"])[:10]


def measure_stages(almanac, specs, results, repeat):
    """Returns for each of the ten slowest specs the microseconds of processor time of each stage."""
    names = slowest(results)
    chosen = [spec for name in names for spec in specs if spec.name.split(".")[0] == name]
    command = [almanac, "chart", "--config", "vega", "--repeat", str(max(5, repeat)), "--timings", *chosen]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {pathlib.Path(line["spec"]).name.split(".")[0]: line["stages"] for line in map(json.loads, lines)}


def show_stages(stages, results):
    columns = list(next(iter(stages.values())))
    print("\nthe ten slowest, and where their processor time goes:")
    print(f"  {'':36}{'all':>8}{'ratio':>7}" + "".join(f"{column:>11}" for column in columns))
    for name, times in stages.items():
        of = results[name]
        ratio = f"{of['peer'] / of['wall']:>7.1f}" if "peer" in of else f"{'':7}"
        print(f"  {name:36}{of['processor'] / 1e3:>8.2f}{ratio}" + "".join(f"{times[c] / 1e3:>11.2f}" for c in columns))


# Cold

COLD_PEER = """
import json, sys, vl_convert
open(sys.argv[2], "w").write(vl_convert.vegalite_to_svg(open(sys.argv[1]).read(), vl_version="6.4"))
"""


def measure_cold(almanac, specs, count):
    """Returns wall seconds, peak megabytes and processor seconds of processes that draw one spec, and Almanac's megabytes for
    each spec."""
    results = {"almanac": [], "vl-convert": []}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        chosen = [specs[number * len(specs) // count] for number in range(min(count, len(specs)))]
        for spec in chosen:
            inlined = folder / spec.name
            inlined.write_text(json.dumps(with_data(json.loads(spec.read_text()), spec.parent)))
            tools = {"almanac": [almanac, "chart", "--config", "vega", spec, "-o", folder / "out"],
                     "vl-convert": [sys.executable, "-c", COLD_PEER, inlined, folder / "peer.svg"]}
            for _ in range(3):
                for tool, command in tools.items():
                    results[tool].append(run(command))
        results["memory"] = sorted(
            run([almanac, "chart", "--config", "vega", spec, "-o", folder / "out"])[1] for spec in specs)
    return results


def show_cold(results, count):
    print(f"\na cold process, {count} specs three times, and its peak memory\n")
    medians = {}
    print(f"{'':12}{'wall':>9}{'processor':>14}{'memory':>11}")
    for tool in ("almanac", "vl-convert"):
        medians[tool] = [statistics.median(run[place] for run in results[tool]) for place in range(3)]
        wall, memory, processor = medians[tool]
        print(f"{tool:12}{wall * 1e3:>6.1f} ms{processor * 1e3:>11.1f} ms{memory:>8.1f} MB")
    print(f"ratio {medians['vl-convert'][0] / medians['almanac'][0]:.1f} by the wall, "
          f"{medians['vl-convert'][2] / medians['almanac'][2]:.1f} by the processor")
    memory = results["memory"]
    print(f"Almanac's peak memory over all specs: median {statistics.median(memory):.1f} MB, most {memory[-1]:.1f} MB")


LAUNCHER = """
import json, os, sys, time
null = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
for line in sys.stdin:
    command = json.loads(line)
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=null)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    print(json.dumps([status, seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime]), flush=True)
"""


@functools.cache
def launcher():
    return subprocess.Popen([sys.executable, "-S", "-E", "-c", LAUNCHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def run(command):
    """Returns wall seconds, peak megabytes and seconds of processor time.

    A small process of its own starts the command: a process's peak begins with the memory of the one that started it.
    """
    launcher().stdin.write(json.dumps([str(word) for word in command]) + "\n")
    launcher().stdin.flush()
    status, *measured = json.loads(launcher().stdout.readline())
    if status != 0:
        sys.exit(f"failed: {command}")
    return measured


# Large charts


def measure_curve(almanac, repeat):
    results = []
    generator = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for mark in ("line", "point"):
            for count in (1_000, 3_000, 10_000, 30_000, 50_000, 100_000):
                rows = (f"{number},{generator.gauss(0, 1):.4f},{generator.choice('abcd')}" for number in range(count))
                (folder / f"{count}.csv").write_text("x,y,series\n" + "\n".join(rows) + "\n")
                spec = folder / f"{mark}-{count}.vl.json"
                spec.write_text(json.dumps({
                    "data": {"url": f"{count}.csv"}, "mark": mark,
                    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"},
                                 "color": {"field": "series"}}}))
                command = [almanac, "chart", "--config", "vega", spec]
                line = subprocess.run([*command, "--repeat", str(repeat)], check=True, capture_output=True, text=True).stdout
                results.append({"mark": mark, "points": count, **json.loads(line),
                                "memory": run([*command, "-o", folder / "out"])[1]})
    return results


def show_curve(results):
    print("\nlarge charts, from a CSV file: processor time and peak memory of a process\n")
    print(f"{'':8}{'points':>8}{'ms':>10}{'µs a point':>12}{'MB':>8}{'SVG kB':>9}")
    for row in results:
        milliseconds = row["processor"] / 1e3
        print(f"{row['mark']:8}{row['points']:>8}{milliseconds:>10.1f}{row['processor'] / row['points']:>12.2f}"
              f"{row['memory']:>8.1f}{row['bytes'] / 1e3:>9.0f}")


main()
