"""Headless Chromium over the DevTools protocol, for screenshots and checks.

Needs a Chromium and the `websocket-client` package; nothing else is downloaded.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Chromium:
    """One browser process; pages are opened one after another in `Page`s of it."""

    def __init__(self, command=None):
        command = command or os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        if not command:
            raise SystemExit("no Chromium found; name one in CHROMIUM")
        self._profile = tempfile.mkdtemp(prefix="almanac-browser-")
        arguments = [command, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
                     "--no-first-run", "--disable-extensions", "--disable-dev-shm-usage", "--remote-debugging-port=0",
                     "--remote-allow-origins=*", f"--user-data-dir={self._profile}", "about:blank"]
        self._process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._port = self._wait_for_port()

    def _wait_for_port(self):
        path = os.path.join(self._profile, "DevToolsActivePort")
        for _ in range(300):
            if self._process.poll() is not None:
                break
            try:
                with open(path) as file:
                    return int(file.readline())
            except (OSError, ValueError):
                time.sleep(0.1)
        self.close()
        raise SystemExit("Chromium did not start")

    def page(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request) as answer:
            return Page(json.load(answer)["webSocketDebuggerUrl"])

    def close(self):
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
        shutil.rmtree(self._profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Page:
    """A tab: sends commands and keeps the events that arrive meanwhile."""

    def __init__(self, address):
        self._socket = websocket.create_connection(address, timeout=60, suppress_origin=True)
        self._numbers = itertools.count(1)
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.send(f"{domain}.enable")

    def send(self, method, **parameters):
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def open(self, url, patience=20):
        """Loads `url` and returns the events since; raises where it cannot be loaded."""
        self.events.clear()
        answer = self.send("Page.navigate", url=url)
        if answer.get("errorText"):
            raise RuntimeError(f"{url}: {answer['errorText']}")
        if "loaderId" not in answer:
            return self.events  # only the fragment has changed
        end = time.time() + patience
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            if time.time() > end:
                raise RuntimeError(f"{url}: not loaded after {patience} s")
            self.events.append(json.loads(self._socket.recv()))
        return self.events

    def evaluate(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def show(self, width, height=900, dark=False, media="", scale=1, touch=False):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=touch)
        self.send("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                            {"name": "prefers-reduced-motion", "value": "reduce"}])

    def picture(self, path, whole=True, clip=None):
        options = {"format": "png", "captureBeyondViewport": whole or clip is not None}
        if clip:
            options["clip"] = dict(zip(("x", "y", "width", "height"), clip), scale=1)
        elif whole:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16000), "scale": 1}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.send("Page.captureScreenshot", **options)["data"]))

    def print(self, path=None):
        answer = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        data = base64.b64decode(answer["data"])
        if path:
            with open(path, "wb") as file:
                file.write(data)
        return data
