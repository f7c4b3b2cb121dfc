"""Fixtures for real parts: servers, a mail sink, a browser, a whole running site; and what a skip means.

- LUOSHI_STRICT=1 turns a skip into a failure: on CI everything must be had.
- Tests marked `postgres` run when DATABASE_URL names PostgreSQL (`./run test` makes that second pass) and are
  left out otherwise; tests marked `shared` are left out when ../shared is not beside the checkout.
- LUOSHI_PASS=postgres leaves out what the database cannot change, since the first pass has run it.
"""

import os
import secrets
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as trials
from playwright.sync_api import Browser, Page, sync_playwright

from tests import services
from tests.browsing import open_page
from tests.sink import SmtpSink
from tests.stack import Stack, private_database

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in our thread

trials.register_profile("untimed", deadline=None)  # a busy machine is no failure
trials.load_profile("untimed")
IS_STRICT = os.environ.get("LUOSHI_STRICT") == "1"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def touches_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database, by mark, by fixture or as Django's own test case."""
    if item.get_closest_marker("django_db"):
        return True
    owner = getattr(item, "cls", None)
    names = set(getattr(item, "fixturenames", ()))
    if names & {"db", "transactional_db", "live_server"}:
        return True
    return isinstance(owner, type) and issubclass(owner, TransactionTestCase)


def belongs_here(item: pytest.Item) -> bool:
    """Whether this pass, on this database and this machine, is the one that runs the test."""
    on_postgres: bool = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        return False
    if item.get_closest_marker("postgres"):
        return on_postgres
    if os.environ.get("LUOSHI_PASS") == "postgres":
        return touches_database(item) and item.get_closest_marker("browser") is None
    return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not belongs_here(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if belongs_here(item)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IS_STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"严格模式不允许跳过：{report.longrepr}"
    return report


def pytest_report_header() -> str:
    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    mode = "严格（跳过即失败）" if IS_STRICT else "普通"
    return f"数据库：{engine}；模式：{mode}；../shared：{'有' if SHARED.is_dir() else '无'}"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL whose account may create databases."""
    try:
        server = services.postgres()
    except services.Unavailable as reason:
        pytest.skip(str(reason))
    yield server.url
    server.close()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis. Keys need a prefix of their own (REDIS_PREFIX): another test process may use it too."""
    try:
        server = services.redis_server()
    except services.Unavailable as reason:
        pytest.skip(str(reason))
    yield server.url
    server.close()


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A real SMTP server that keeps what it accepts."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Headless Chromium of the system."""
    try:
        path = services.chromium()
    except services.Unavailable as reason:
        pytest.skip(str(reason))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A desktop page; the test fails when the browser's console reports an error or a foreign request."""
    with open_page(chromium, width=1440, height=900) as desktop:
        yield desktop


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """The same at 390 px."""
    with open_page(chromium, width=390, height=844) as small:
        yield small


@pytest.fixture
def live_stack(postgres_url: str, redis_url: str, smtp_sink: SmtpSink, tmp_path: Path) -> Iterator[Stack]:
    """Web, worker and beat as three processes on PostgreSQL, Redis and the mail sink."""
    with private_database(postgres_url) as database_url:
        prefix = f"luoshi-{secrets.token_hex(4)}:"
        parts = {"DATABASE_URL": database_url, "CELERY_BROKER_URL": redis_url, "EMAIL_URL": smtp_sink.url}
        with Stack(tmp_path, REDIS_PREFIX=prefix, **parts) as stack:
            yield stack
        services.forget_keys(redis_url, prefix)


@pytest.fixture
def embedded_stack(smtp_sink: SmtpSink, tmp_path: Path) -> Iterator[Stack]:
    """The same three processes as `./run` starts them: SQLite and the broker in a folder."""
    with Stack(tmp_path, EMAIL_URL=smtp_sink.url) as stack:
        yield stack
