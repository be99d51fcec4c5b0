"""The real server on an empty data folder, and somebody who plans with it: forms, a cookie, no script.

`cargo xtask test` sets XIAOXIANG_BIN.
"""

import json
import os
import re
import socket
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from time import monotonic, sleep
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROUTE = "zuimei-dongxiang"
# An empty data folder is filled and indexed first, by a debug build, perhaps on a busy machine.
READY_WITHIN_S = 180


class Site:
    """Started once for all tests of a file: `setUpModule` and `tearDownModule`."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="xiaoxiang-readers-")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = "127.0.0.1:%d" % probe.getsockname()[1]
        self.url = f"http://{address}"
        # Settings of whoever runs the tests are not the tests' own.
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("XIAOXIANG_")}
        self.said = open(os.path.join(self.folder.name, "log"), "w+b")
        self.process = subprocess.Popen(
            [os.environ["XIAOXIANG_BIN"], "serve"],
            env=surroundings
            | {
                "XIAOXIANG_ADDR": address,
                "XIAOXIANG_BASE_URL": self.url,
                "XIAOXIANG_DATA_DIR": os.path.join(self.folder.name, "data"),
                "XIAOXIANG_RATE_LIMIT": "0",
            },
            stdout=self.said,
            stderr=self.said,
        )
        deadline = monotonic() + READY_WITHIN_S
        while not self.is_ready():
            if self.process.poll() is not None or monotonic() > deadline:
                self.said.seek(0)
                said = self.said.read().decode()
                self.stop()
                raise RuntimeError(f"the server is not ready; it said:\n{said}")
            sleep(0.05)

    def is_ready(self):
        try:
            return urllib.request.urlopen(f"{self.url}/readyz", timeout=5).status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.close()
        self.folder.cleanup()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Traveller:
    """Plans one trip along a route and changes it."""

    def __init__(self, site):
        self.site = site
        self.opener = urllib.request.build_opener(NoRedirect)
        self.cookie = None
        self.starts = date.today() + timedelta(days=60)
        form = forms(self.get(f"/trips/new?route={ROUTE}"))["new"]
        made = self.post("/trips/new", form | {"starts": self.starts.isoformat()})
        self.address = made.headers["location"]

    def open(self, path, body=None):
        request = urllib.request.Request(self.site.url + path, data=body)
        if self.cookie:
            request.add_header("cookie", self.cookie)
        try:
            return self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as answer:
            return answer

    def get(self, path):
        answer = self.open(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer.read().decode()

    def post(self, path, fields):
        answer = self.open(path, urllib.parse.urlencode(fields).encode())
        assert answer.status == 303, f"{path}: {answer.status}: {answer.read().decode()[:2000]}"
        if answer.headers["set-cookie"]:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    def edit(self, **edit):
        marks = forms(self.page())["undo"]
        self.post(f"{self.address}/edit", marks | {"edit": json.dumps(edit)})

    def page(self, lang=""):
        return self.get(lang + self.address)

    def file(self, ending, day=None, lang=""):
        """As a phone stores it: bytes."""
        answer = self.open(f"{lang}{self.address}/trip.{ending}" + (f"?day={day}" if day else ""))
        assert answer.status == 200, answer.status
        return answer.read()

    def days(self, lang=""):
        """What the page shows, a list of stops a day."""
        reader = PlanReader()
        reader.feed(self.page(lang))
        return [
            [
                Stop(number, name.strip(), *(self.instant(day, clock) for clock in re.findall(r"\d\d:\d\d(?:\+\d)?", times)))
                for number, name, times in stops
            ]
            for day, stops in enumerate(reader.days)
        ]

    def instant(self, day, clock):
        """A clock of the page, `00:20+1` where it is past midnight."""
        clock, _, later = clock.partition("+")
        return datetime.combine(self.starts + timedelta(days=day + int(later or 0)), time.fromisoformat(clock), SHANGHAI)

    def positions(self):
        """Of the stops along the route by their number in the trip, as the open interface gives them."""
        route = json.loads(self.get(f"/api/v1/listings/route/{ROUTE}"))
        return {number: stop["position"] for number, stop in enumerate(route["details"]["stops"], 1)}


class Stop:
    def __init__(self, number, name, begins, ends):
        self.number, self.name, self.begins, self.ends = number, name, begins, ends

    def is_called(self, name):
        """In a file, with the file's own marks; the page has marks of its own after a name."""
        return self.name.startswith(re.sub(r"^≈ |（示例）$| \(sample\)$", "", name))


class PlanReader(HTMLParser):
    """Days and their stops: number, name, times."""

    def __init__(self):
        super().__init__()
        self.days, self.reading = [], None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = (attributes.get("class") or "").split()
        if "trip__day" in classes:
            self.days.append([])
        elif "trip__stop" in classes:
            self.days[-1].append([int(attributes["id"].removeprefix("stop-")), "", ""])
        elif "trip__name" in classes or "trip__times" in classes:
            self.reading = (tag, 1 if "trip__name" in classes else 2)

    def handle_endtag(self, tag):
        if self.reading and self.reading[0] == tag:
            self.reading = None

    def handle_data(self, text):
        if self.reading and self.days and self.days[-1]:
            self.days[-1][-1][self.reading[1]] += text


class FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.fields, self.select = {}, None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        classes = attributes.get("class") or ""
        if tag == "form":
            self.fields = {}
            if "form--page" in classes:
                self.forms["new"] = self.fields
            if "trip__undo" in classes:
                self.forms["undo"] = self.fields
        elif self.fields is None:
            return
        elif tag == "input" and "name" in attributes:
            if attributes.get("type") != "checkbox" or "checked" in attributes:
                self.fields[attributes["name"]] = attributes.get("value") or ""
        elif tag == "select":
            self.select = attributes["name"]
        elif tag == "option" and self.select:
            if self.select not in self.fields or "selected" in attributes:
                self.fields[self.select] = attributes.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None
        elif tag == "select":
            self.select = None


def forms(html):
    """The fields of the form for a new trip and of the one for undoing, as the page fills them in."""
    reader = FormReader()
    reader.feed(html)
    return reader.forms
