"""A browser page that tells on itself: console errors, script errors, requests to other sites."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

LOCAL = {"127.0.0.1", "localhost", None}
# The browser's own line for any 4xx answer; tests provoke those on purpose.
EXPECTED = "Failed to load resource: the server responded with a status of 4"


@contextmanager
def open_page(browser: Browser, *, width: int, height: int) -> Iterator[Page]:
    """A page of the given size, in Chinese, in Shanghai. Leaving it asserts that nothing went wrong."""
    complaints: list[str] = []
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": height}
    )
    page = context.new_page()
    page.set_default_timeout(15_000)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            complaints.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).hostname not in LOCAL:
            complaints.append(f"off-site: {request.url}")

    page.on("console", heard)
    page.on("request", asked)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)
