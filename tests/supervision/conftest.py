"""The cast, and mail that really leaves."""

from collections.abc import Callable

import pytest
from pytest_django.fixtures import Settings

from supervision.smtp import SMTP_BACKEND
from tests.people import Cast
from tests.people import cast as make_cast
from tests.sink import SmtpSink


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def send_through(settings: Settings) -> Callable[[int], None]:
    """Point the site at a mail server on this port."""

    def point(port: int) -> None:
        settings.EMAIL_BACKEND = SMTP_BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    return point


@pytest.fixture
def sink(smtp_sink: SmtpSink, send_through: Callable[[int], None]) -> SmtpSink:
    """A real mail server that the site sends to."""
    send_through(smtp_sink.port)
    return smtp_sink
