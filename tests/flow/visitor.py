"""A clerk at the running site who uploads and types over HTTP, and somebody who looks into its store."""

import json
import re
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.flow.cast import PASSWORD
from tests.stack import Stack

Upload = tuple[str, bytes]  # the file's name as the sender gives it, and its content
ROWS = ("speeches_speech", "speeches_directive", "tasks_task", "tasks_taskevent", "tasks_assignment")


@dataclass(frozen=True)
class Answer:
    """What came back; `page` is its text."""

    status: int
    headers: Mapping[str, str]
    page: str


class Staying(HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(self, *words: Any) -> None:
        return None


class Visitor:
    """Signed in as the supervisor; redirects are not followed."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.cookies = stack, CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), Staying())
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"username": "duban", "password": PASSWORD})
        assert answer.status == 302, answer.page

    def get(self, path: str) -> Answer:
        return self._ask(Request(self.stack.url + path))

    def post(self, path: str, words: Mapping[str, str], **files: Upload) -> Answer:
        """A form as the browser sends it, with its token."""
        token = next(str(cookie.value) for cookie in self.cookies if cookie.name == "csrftoken")
        boundary = secrets.token_hex(16)
        body = form({"csrfmiddlewaretoken": token, **words}, files, boundary)
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self._ask(Request(self.stack.url + path, body, kind))

    def _ask(self, request: Request) -> Answer:
        try:
            reply: HTTPResponse | HTTPError = self.opener.open(request, timeout=60)
        except HTTPError as refusal:
            reply = refusal
        with reply:
            return Answer(reply.status or 0, dict(reply.headers), reply.read().decode("utf-8", "replace"))

    def upload(self, name: str, content: bytes) -> Answer:
        return self.post("/speeches/upload/", {"title": "", "text": ""}, files=(name, content))

    def speech(self, answer: Answer) -> dict[str, object]:
        """The speech that an accepted upload has led to, as the API shows it."""
        found = re.fullmatch(r"/speeches/(\d+)/", answer.headers["Location"])
        assert found, answer.headers
        shown: dict[str, object] = json.loads(self.get(f"/api/speeches/{found[1]}/").page)
        return shown


def form(words: Mapping[str, str], files: Mapping[str, Upload], boundary: str) -> bytes:
    """multipart/form-data as browsers write it."""
    parts = [(f'name="{name}"', text.encode()) for name, text in words.items()]
    for name, (called, content) in files.items():
        quoted = called.replace('"', "%22")
        head = f'name="{name}"; filename="{quoted}"\r\nContent-Type: application/octet-stream'
        parts.append((head, content))
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    return body + f"--{boundary}--\r\n".encode()


def store(stack: Stack) -> dict[str, int]:
    """How many rows of each kind the site has, and how many uploaded files."""
    with closing(sqlite3.connect(stack.folder / "var" / "db.sqlite3", timeout=20)) as database:
        counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ROWS}
    media = stack.folder / "var" / "media"
    return counts | {"files": sum(path.is_file() for path in media.rglob("*"))}


def resident(pid: int) -> int:
    """Bytes in memory of the process and all below it; what they share counts for each."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            pages = int((stat.parent / "statm").read_text().split()[1])
        except OSError:
            continue
        parents[int(stat.parent.name)] = (int(fields[1]), pages * 4096)
    below, layer = {pid}, {pid}
    while layer:
        layer = {child for child, (parent, _) in parents.items() if parent in layer} - below
        below |= layer
    return sum(parents[member][1] for member in below if member in parents)
