"""A clerk at the running site who uploads and types over HTTP, and somebody who looks into its store."""

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from playwright.sync_api import APIRequestContext, APIResponse

from tests.flow.cast import PASSWORD
from tests.stack import Stack

Upload = tuple[str, bytes]  # the file's name as the sender gives it, and its content
ROWS = ("speeches_speech", "speeches_directive", "tasks_task", "tasks_taskevent", "tasks_assignment")


class Visitor:
    """Signed in as the supervisor; redirects are not followed."""

    def __init__(self, asking: APIRequestContext, stack: Stack) -> None:
        self.asking, self.stack = asking, stack
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", {"username": "duban", "password": PASSWORD})
        assert answer.status == 302, answer.text()

    def get(self, path: str) -> APIResponse:
        return self.asking.get(self.stack.url + path, max_redirects=0)

    def post(self, path: str, words: Mapping[str, str], **files: Upload) -> APIResponse:
        """A form as the browser sends it, with its token."""
        cookies = self.asking.storage_state()["cookies"]
        token = next(cookie["value"] for cookie in cookies if cookie["name"] == "csrftoken")
        parts = {
            name: {"name": called, "mimeType": "application/octet-stream", "buffer": content}
            for name, (called, content) in files.items()
        }
        return self.asking.post(
            self.stack.url + path,
            multipart={"csrfmiddlewaretoken": token, **words, **parts},  # type: ignore[dict-item]
            headers={"Referer": self.stack.url + path},
            max_redirects=0,
        )

    def upload(self, name: str, content: bytes) -> APIResponse:
        return self.post("/speeches/upload/", {"title": "", "text": ""}, files=(name, content))

    def speech(self, answer: APIResponse) -> dict[str, object]:
        """The speech that an accepted upload has led to, as the API shows it."""
        found = re.fullmatch(r"/speeches/(\d+)/", answer.headers["location"])
        assert found, answer.headers
        shown: dict[str, object] = self.get(f"/api/speeches/{found[1]}/").json()
        return shown


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
